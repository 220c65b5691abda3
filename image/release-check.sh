#!/bin/sh
# Fails while a base of the image is not named by its digest, and prints the commands that tell and fill in the digests.
#
#   release-check.sh [DOCKERFILE]
set -eu

file=${1:-$(dirname "$0")/Dockerfile}
bases=$(sed -n 's/^FROM \([^ ]*:[^ ]*\).*/\1/p' "$file")
open=$(echo "$bases" | grep -Ev '@sha256:[0-9a-f]{64}$' || true)
[ -n "$open" ] || exit 0

echo "$file is not ready for a release. Bases without a digest; fill them in with:" >&2
for base in $open; do
  name=${base%%@*}
  cat >&2 <<COMMANDS
  digest=\$(docker buildx imagetools inspect $name --format '{{.Manifest.Digest}}')
  sed -i "s|^FROM $name[^ ]*|FROM $name@\$digest|" $file
COMMANDS
done
exit 1
