#pragma once

// The first twelve hexadecimal digits of the commit, given to the compiler by `make build` as
// -Xcc -DSWITCHBOARD_COMMIT=0x0123456789ab; 0 when the build did not tell. A number, because Swift
// reads one without unsafe pointers.
#ifndef SWITCHBOARD_COMMIT
#define SWITCHBOARD_COMMIT 0
#endif

static inline unsigned long long sb_commit(void) { return SWITCHBOARD_COMMIT; }
