#pragma once

// The commit is given to the compiler by `make build`: -Xcc -DSWITCHBOARD_COMMIT=abc1234
#define SB_TEXT(value) #value
#define SB_TEXT_OF(value) SB_TEXT(value)

static inline const char *sb_commit(void) {
#ifdef SWITCHBOARD_COMMIT
  return SB_TEXT_OF(SWITCHBOARD_COMMIT);
#else
  return "";
#endif
}
