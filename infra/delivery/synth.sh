#!/bin/sh
# Synthesizes the stacks of a stage into build/cdk.out. Functions and layer are built here, before anything is deployed.
#
#   synth.sh      with STAGE, AWS_REGION and GITHUB_REPOSITORY in the environment
#
# SETTINGS, where there are any, are other context keys of the stage (infra/context.ts), a line each: key=value
set -euf

newline='
'
IFS=$newline
for setting in $(printf '%s' "${SETTINGS-}" | tr -d '\r'); do
  set -- "$@" -c "$setting"
done
unset IFS
exec npx cdk synth --quiet "$@" -c "stage=$STAGE" -c "region=$AWS_REGION" -c "githubRepository=$GITHUB_REPOSITORY"
