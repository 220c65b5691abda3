#!/bin/sh
# Fails while an action of the workflows is not named by the hash of its commit, and says how to fill the hashes in.
#
#   pin-actions.sh [FILE]...             checks
#   pin-actions.sh --fill [FILE]...      asks GitHub for the commit of the version behind each `#`, and writes it in
#
# For another version of an action, write it behind the `#` and fill in again.
set -eu

fill=
if [ "${1-}" = --fill ]; then
  fill=yes
  shift
fi
[ $# -gt 0 ] || set -- "$(dirname "$0")"/../../.github/workflows/*.yml

if [ -n "$fill" ]; then
  sed -n 's|^.*uses: \([^@ ]*\)@[^ ]* # \(v[0-9][^ ]*\)$|\1 \2|p' "$@" | sort -u | while read -r action version; do
    repository=$(echo "$action" | cut -d / -f 1,2)
    # A tag with a message is an object of its own; `^{}` is the commit that it names, and sorts behind it.
    hash=$(git ls-remote "${GITHUB_SERVER_URL:-https://github.com}/$repository" \
      "refs/tags/$version" "refs/tags/$version^{}" | sort -k 2 | tail -n 1 | cut -f 1)
    [ -n "$hash" ] || {
      echo "$repository has no version $version." >&2
      exit 1
    }
    sed -i "s|uses: $action@[^ ]* # $version\$|uses: $action@$hash # $version|" "$@"
    echo "$action $version $hash"
  done
fi

open=$(grep -n 'uses: ' "$@" /dev/null | grep -Ev 'uses: (\./[^@ ]+|[^@ ]+@[0-9a-f]{40} # v[0-9][^ ]*)$' || true)
[ -n "$open" ] || exit 0
cat >&2 <<TEXT
These actions are not named by a commit and its version; fill them in with: sh infra/delivery/pin-actions.sh --fill
$open
TEXT
exit 1
