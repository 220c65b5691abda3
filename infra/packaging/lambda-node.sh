#!/bin/sh
# Lambda's own Node, from its own image: what the code cache of a deployment is made with. For the environment of `cdk`:
#
#   TARGET_NODE=infra/packaging/lambda-node.sh npx cdk deploy …
#
# Needs Docker, on another processor with emulation (docker run --privileged --rm tonistiigi/binfmt --install arm64). Lambda
# renews its Node without asking, and the image is renewed by hand (image/release-check.sh fills in a digest): what runs here is
# in what is deployed. What was made is called after the image, too.
set -eu
image=public.ecr.aws/lambda/nodejs:24@sha256:PLACEHOLDER
temporary=${TMPDIR:-/tmp}
exec docker run --rm --platform linux/arm64 --network none --user "$(id -u):$(id -g)" --volume "$temporary:$temporary" \
  --env "NODE_IMAGE=$image" --entrypoint /var/lang/bin/node "$image" "$@"
