#!/bin/sh
# Puts the executor's image into the registry, under the tag that the Registry stack asks for, unless it is there.
#
#   push-image.sh      with STAGE in the environment; after the Registry stack, before the Executor stack
set -eu

here=$(dirname "$0")
uri=$(sh "$here/output.sh" Registry ExecutorRepositoryUri)
tag=$(sh "$here/output.sh" Registry ExecutorImageTag)

if answer=$(aws ecr describe-images --repository-name "${uri#*/}" --image-ids "imageTag=$tag" 2>&1); then
  echo "The registry has $tag already."
  exit 0
fi
case $answer in
  *ImageNotFoundException*) ;;
  *)
    echo "$answer" >&2
    exit 1
    ;;
esac
made=$(npx node "$here/../executor-image.ts")
[ "$tag" = "$made" ] || {
  echo "executorImageTag asks for $tag, which the registry does not have; these sources make $made." >&2
  exit 1
}

aws ecr get-login-password | docker login --username AWS --password-stdin "${uri%%/*}"
# The function's own platform, and one manifest: an index with attestations is refused by Lambda.
docker buildx build --platform linux/amd64 --provenance=false --sbom=false --push \
  -f "$here/../../image/Dockerfile" -t "$uri:$tag" "$here/../.."
