#!/bin/sh
# Lambda's own Node, from its own image: what the code cache of a deployment is made with. For the environment of `cdk`:
#
#   TARGET_NODE=infra/packaging/lambda-node.sh npx cdk deploy …
#
# Needs Docker, on another processor with emulation (docker run --privileged --rm tonistiigi/binfmt --install arm64). The newest
# image each time: Lambda's own Node is renewed without asking.
set -eu
temporary=${TMPDIR:-/tmp}
exec docker run --rm --pull always --platform linux/arm64 --network none --user "$(id -u):$(id -g)" --volume "$temporary:$temporary" \
  --entrypoint /var/lang/bin/node public.ecr.aws/lambda/nodejs:24 "$@"
