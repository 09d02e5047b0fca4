// SPDX-License-Identifier: Apache-2.0

#pragma once

/// The variable with the folder whose files are counted, and the one with the number of the step to end before.
#define SUDDEN_END_FOLDER "SUDDEN_END_FOLDER"
#define SUDDEN_END_STEP "SUDDEN_END_STEP"
/// The variable with a file outside of that folder: while it is there, each sync in the folder fails.
#define SUDDEN_END_FAILING "SUDDEN_END_FAILING"
/// The same of a file while which is there each sync takes a third of a second.
#define SUDDEN_END_SLOW "SUDDEN_END_SLOW"
