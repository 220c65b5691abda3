#!/bin/sh
# Remembers which version of each function is live, and makes it live again.
#
#   roll-back.sh note FILE      writes a line `FUNCTION VERSION` for each that is deployed
#   roll-back.sh back FILE      points the aliases back to those versions
#
# With STAGE in the environment. A version has its code, its layer and its settings. What is not in it stays as it was
# deployed: table, distribution, alarms, rights.
set -eu

version_of() {
  aws lambda get-alias --function-name "$1" --name live --query FunctionVersion --output text 2>&1
}

note() {
  : >"$1"
  # Who calls comes before who is called: on the way back no caller is newer than what it calls.
  for service in generator sweeper executor; do
    name=alpaco-$service-$STAGE
    if version=$(version_of "$name"); then
      echo "$name $version" | tee -a "$1"
    else
      case $version in
        *ResourceNotFoundException*) echo "$name is not deployed yet." ;;
        *)
          echo "$version" >&2
          exit 1
          ;;
      esac
    fi
  done
}

back() {
  status=0
  while read -r name version; do
    if [ "$(version_of "$name")" = "$version" ]; then
      echo "$name is at $version."
    elif aws lambda update-alias --function-name "$name" --name live --function-version "$version" >/dev/null; then
      echo "$name is back at $version."
    else
      echo "$name could not be set back to $version." >&2
      status=1
    fi
  done <"$1"
  exit $status
}

case ${1-}:${2:+file} in
  note:file | back:file) "$1" "$2" ;;
  *)
    sed -n '4,5s/^#  *//p' "$0" >&2
    exit 2
    ;;
esac
