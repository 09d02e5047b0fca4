// SPDX-License-Identifier: Apache-2.0

#pragma once

/// The variable with the folder whose files are counted, and the one with the number of the step to end before.
#define SUDDEN_END_FOLDER "SUDDEN_END_FOLDER"
#define SUDDEN_END_STEP "SUDDEN_END_STEP"
