#!/bin/sh
# The image's entry point. Nothing of the environment that it is given goes on but what is named here: the function's
# credentials are gone before anything of ours, or anybody else's, starts.
#
#   entry.sh              the executor function: takes invocations from Lambda's runtime API
#   entry.sh supervisor   one sandbox over standard streams, for EXECUTOR_COMMAND
set -eu

home=${EXECUTOR_HOME:-/opt/alpaco/executor}
case ${1-} in
  supervisor)
    exec env -i "$home/box" "$home" --dedicated ${EXECUTOR_MAX_TIER:+--max-tier "$EXECUTOR_MAX_TIER"}
    ;;
  '')
    if [ -z "${AWS_LAMBDA_RUNTIME_API-}" ]; then
      echo 'Started outside of Lambda. On its own: docker run -i --rm --network none IMAGE supervisor' >&2
      exit 2
    fi
    exec env -i PATH=/usr/local/bin:/usr/bin:/bin LANG=C.UTF-8 \
      AWS_LAMBDA_RUNTIME_API="$AWS_LAMBDA_RUNTIME_API" EXECUTOR_HOME="$home" \
      ${STAGE:+STAGE="$STAGE"} \
      ${EXECUTOR_MIN_TIER:+EXECUTOR_MIN_TIER="$EXECUTOR_MIN_TIER"} \
      ${EXECUTOR_MAX_TIER:+EXECUTOR_MAX_TIER="$EXECUTOR_MAX_TIER"} \
      node --disable-sigusr1 /app/src/lambda/execute.ts
    ;;
  *)
    echo "entry.sh: unknown argument $1" >&2
    exit 2
    ;;
esac
