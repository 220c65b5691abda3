// What CloudFront does to every request before anything else. Language: cloudfront-js-2.0 (no modules, no exports).
// For the function behind the API it carries the token past the signature, which replaces `authorization`; for the web
// app it turns the paths of its views into the one page that draws them.

// The paths of the API, as in infra/stacks/edge.ts.
const apiPath = /^\/(generate|session|me|health)$|^\/(generations|v1)\//

function handler(event) {
  const request = event.request
  const headers = request.headers
  if (apiPath.test(request.uri)) {
    carryToken(headers)
  } else {
    // Whatever has no extension is a view of the web app, and none of them has use for a token.
    delete headers['x-custom-auth-token']
    if (!/\.[^/]*$/.test(request.uri)) request.uri = '/index.html'
  }
  return request
}

// One token reaches the function: the one of `authorization` where there is one, else the header that it is copied to.
// A second one beside it, or one in several pieces, could be read differently by whoever comes after, and is dropped.
function carryToken(headers) {
  const authorization = headers['authorization']
  const custom = headers['x-custom-auth-token']
  if (custom && (authorization || custom.multiValue)) delete headers['x-custom-auth-token']
  if (authorization && !authorization.multiValue && /^\s*Bearer\s/i.test(authorization.value)) {
    headers['x-custom-auth-token'] = { value: authorization.value }
  }
}
