#!/bin/sh
# Says whether what is to be deployed is what main has by now: prints `is=yes` or `is=no`, and in the log which is newer.
#
#   newest.sh      with GITHUB_EVENT_NAME, GITHUB_REPOSITORY, GITHUB_SHA and GH_TOKEN in the environment
#
# For pushes; releases, and what is deployed by hand, are taken as they were asked for.
set -eu

if [ "$GITHUB_EVENT_NAME" = push ]; then
  head=$(gh api "repos/$GITHUB_REPOSITORY/commits/main" --jq .sha)
  if [ "$head" != "$GITHUB_SHA" ]; then
    echo "main is at $head by now: $GITHUB_SHA is not deployed any more." >&2
    echo is=no
    exit 0
  fi
fi
echo is=yes
