#!/bin/sh
# Fails while an image that a release builds with is not named by its digest, and prints the commands that tell and fill in the
# digests: the bases of the executor's image, and Lambda's Node.
#
#   release-check.sh [FILE]...
set -eu

here=$(dirname "$0")
[ $# -gt 0 ] || set -- "$here/Dockerfile" "$here/../infra/packaging/lambda-node.sh"

status=0
for file in "$@"; do
  images=$(sed -En 's/^(FROM |image=)([^ ]*:[^ ]*).*/\2/p' "$file")
  open=$(echo "$images" | grep -Ev '@sha256:[0-9a-f]{64}$' || true)
  [ -n "$open" ] || continue
  status=1
  echo "$file is not ready for a release. Images without a digest; fill them in with:" >&2
  for image in $open; do
    name=${image%%@*}
    cat >&2 <<COMMANDS
  digest=\$(docker buildx imagetools inspect $name --format '{{.Manifest.Digest}}')
  sed -i -E "s#^(FROM |image=)$name[^ ]*#\\\\1$name@\$digest#" $file
COMMANDS
  done
done
exit $status
