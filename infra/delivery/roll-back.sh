#!/bin/sh
# Remembers which version of each function is live, and makes it live again.
#
#   roll-back.sh note FILE      writes a line `FUNCTION VERSION` for each that is deployed
#   roll-back.sh back FILE      points the aliases back to those versions, once CloudFormation has come to rest
#   roll-back.sh forward        points them to what was deployed last, for CloudFormation does not after `back`
#
# With STAGE in the environment. A version has its code, its layer and its settings. What is not in it stays as it was
# deployed: table, distribution, alarms, rights.
set -eu

here=$(dirname "$0")

version_of() {
  aws lambda get-alias --function-name "$1" --name live --query FunctionVersion --output text 2>&1
}

# make_live FUNCTION VERSION
make_live() {
  if [ "$(version_of "$1")" = "$2" ]; then
    echo "$1 is at $2."
  elif aws lambda update-alias --function-name "$1" --name live --function-version "$2" >/dev/null; then
    echo "$1 is at $2 now."
  else
    echo "$1 could not be set to $2." >&2
    return 1
  fi
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

# settle STACK: waits until CloudFormation moves no alias of it any more, while there are tries left.
settle() {
  while :; do
    state=$(aws cloudformation describe-stacks --stack-name "Alpaco-$1-$STAGE" \
      --query 'Stacks[0].StackStatus' --output text 2>&1) || true
    case $state in
      # Neither removing what is no longer used nor a change that was never begun moves one.
      *_COMPLETE | *_FAILED | *_CLEANUP_IN_PROGRESS | REVIEW_IN_PROGRESS | *'does not exist'*) return 0 ;;
    esac
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || break
    sleep 10
  done
  echo "Alpaco-$1-$STAGE may still change what is live: $state" >&2
  return 1
}

back() {
  status=0
  # Ten minutes for both.
  tries=60
  # Those that have aliases. A deployment that was broken off goes on there, and would have the last word.
  for stack in Executor Generator; do
    settle "$stack" || status=1
  done
  while read -r name version; do
    make_live "$name" "$version" || status=1
  done <"$1"
  while read -r name version; do
    [ "$(version_of "$name")" = "$version" ] || {
      echo "$name is not at $version." >&2
      status=1
    }
  done <"$1"
  exit $status
}

forward() {
  # The other way round.
  version=$(sh "$here/output.sh" Executor ExecutorVersion)
  make_live "alpaco-executor-$STAGE" "$version"
  version=$(sh "$here/output.sh" Generator SweeperVersion)
  make_live "alpaco-sweeper-$STAGE" "$version"
  version=$(sh "$here/output.sh" Generator GeneratorVersion)
  make_live "alpaco-generator-$STAGE" "$version"
}

case $#:${1-}:${2:+file} in
  2:note:file | 2:back:file | 1:forward:) "$@" ;;
  *)
    sed -n '4,6s/^#  *//p' "$0" >&2
    exit 2
    ;;
esac
