#!/bin/sh
# Tells a pull request what its deployment would change, in one comment a stage, which is written anew each time.
#
#   comment-diff.sh      with STAGE, PULL_REQUEST, GITHUB_REPOSITORY and GH_TOKEN in the environment
#
# Compares the stacks in build/cdk.out with the templates that are deployed. Nothing is created for it, no change set either.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

npx cdk diff --app build/cdk.out --method template --no-color >"$folder/said" 2>&1 || {
  cat "$folder/said" >&2
  exit 1
}
# Without what comes before the first stack (the role for look-ups is not ours), and without the number of the account.
sed -En '/^Stack /,$ { s/\b[0-9]{12}\b/<account>/g; p; }' "$folder/said" >"$folder/diff"
cat "$folder/diff"

marker="<!-- cdk diff: $STAGE -->"
fence='~~~~~~~~~~~~'
{
  echo "$marker"
  echo "What a deployment to \`$STAGE\` would change:"
  echo
  echo "$fence"
  # A comment holds 65,536 characters. What would end the block cannot be in it.
  head -c 60000 "$folder/diff" | iconv -cs -f utf-8 -t utf-8 | grep -v "$fence" || true
  echo "$fence"
  [ "$(wc -c <"$folder/diff")" -le 60000 ] || echo 'The rest is in the log of the job.'
} >"$folder/comment"

comments=repos/$GITHUB_REPOSITORY/issues
written=$(gh api --paginate "$comments/$PULL_REQUEST/comments" \
  --jq ".[] | select(.user.login == \"github-actions[bot]\" and (.body | startswith(\"$marker\"))) | .id" | head -n 1)
if [ -n "$written" ]; then
  gh api --silent --method PATCH "$comments/comments/$written" -F "body=@$folder/comment"
else
  gh api --silent --method POST "$comments/$PULL_REQUEST/comments" -F "body=@$folder/comment"
fi
