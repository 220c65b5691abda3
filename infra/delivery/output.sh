#!/bin/sh
# Prints an output of a stack that is deployed; STACK and OUTPUT as in the template.
#
#   output.sh STACK OUTPUT      with STAGE in the environment; for instance Edge DistributionDomain
set -eu

value=$(aws cloudformation describe-stacks --stack-name "Alpaco-$1-$STAGE" \
  --query "Stacks[0].Outputs[?OutputKey=='$2'].OutputValue" --output text)
[ -n "$value" ] || {
  echo "Alpaco-$1-$STAGE has no output $2." >&2
  exit 1
}
echo "$value"
