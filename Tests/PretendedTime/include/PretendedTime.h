// SPDX-License-Identifier: Apache-2.0

#pragma once
#include <stdbool.h>

/// Whether `faketime` pretends the time to this process.
bool time_is_pretended(void);
