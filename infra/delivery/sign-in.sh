#!/bin/sh
# Signs the user of the smoke test in, and writes the header with the token to a file that nobody else may read.
#
#   sign-in.sh FILE      with STAGE in the environment, and SMOKE_REFRESH_TOKEN, a refresh token of the user pool
#
# Before a deployment, so that a refresh token that has run out (after 30 days) is not taken for a fault of what was deployed.
set -eu

[ -n "${SMOKE_REFRESH_TOKEN-}" ] || {
  echo 'No SMOKE_REFRESH_TOKEN: the smoke test will make no problem.'
  exit 0
}
client=$(sh "$(dirname "$0")/output.sh" Data UserPoolClientId)
# By a pipe: command lines can be read by whoever is on the machine.
token=$(
  printf '{"AuthFlow":"REFRESH_TOKEN_AUTH","ClientId":"%s","AuthParameters":{"REFRESH_TOKEN":"%s"}}' \
    "$client" "$SMOKE_REFRESH_TOKEN" |
    aws cognito-idp initiate-auth --cli-input-json file:///dev/stdin \
      --query AuthenticationResult.IdToken --output text
) || token=
case $token in
  ?*.?*.?*) ;;
  # A challenge is an answer too, and has no token.
  *)
    echo 'The user of the smoke test cannot sign in. Set the secret SMOKE_REFRESH_TOKEN anew, or remove it.' >&2
    exit 1
    ;;
esac
umask 077
printf 'X-Custom-Auth-Token: Bearer %s\n' "$token" >"$1"
