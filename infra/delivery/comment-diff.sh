#!/bin/sh
# Tells a pull request what its deployment would change, in one comment a stage, which is written anew each time.
#
#   comment-diff.sh      with STAGE, PULL_REQUEST, GITHUB_REPOSITORY and GH_TOKEN in the environment
#
# Compares the stacks in build/cdk.out with the templates that are deployed. Nothing is created for it, no change set either.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# The pull request's own code made them: what they name must be beside them, or a file of this machine would be told as a template.
npx node -e '
  for (const file of process.argv.slice(1))
    JSON.parse(fs.readFileSync(file, "utf8"), (key, value) => {
      const isElsewhere = key === "directoryName" || (/File$|^(file|path)$/.test(key) && /[\/\\]|^\.\.$/.test(value))
      if (isElsewhere) throw new Error([file, "leads elsewhere:", key, "is", JSON.stringify(value)].join(" "))
      return value
    })
' build/cdk.out/manifest.json build/cdk.out/*.assets.json
link=$(find build/cdk.out -type l)
[ -z "$link" ] || {
  echo "$link leads elsewhere." >&2
  exit 1
}

npx cdk diff --app build/cdk.out --method template --no-color >"$folder/said" 2>&1 || {
  cat "$folder/said" >&2
  exit 1
}
# Without what comes before the first stack (the role for look-ups is not ours), and without the number of the account.
# Nor what makes a file no text: the whole of it would be hidden.
tr -d '\000' <"$folder/said" | sed -En '/^Stack /,$ { s/\b[0-9]{12}\b/<account>/g; p; }' >"$folder/diff"
cat "$folder/diff"

marker="<!-- cdk diff: $STAGE -->"
fence='~~~~~~~~~~~~'
{
  echo "$marker"
  echo "What a deployment to \`$STAGE\` would change:"
  echo
  echo "$fence"
  # A comment holds 65,536 characters. What would end the block cannot be in it.
  head -c 60000 "$folder/diff" | iconv -cs -f utf-8 -t utf-8 | grep -av "$fence" || true
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
