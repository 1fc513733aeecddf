"""The rules about the API that oasdiff does not have."""

# Each rule is one line, so lines may be long.

FIDDLEHEAD = """
api-stability-increased  INFO minor  The stability level of an operation increased.
api-security-alternative-added  INFO minor  An alternative authentication scheme was added.
api-security-optional  INFO minor  Credentials are no longer required.
api-schema-added  INFO minor  A named schema was added.
api-server-added  INFO minor  A server was added.
api-server-removed  WIRE minor  A server was removed.
api-server-url-changed  BEHAVIOUR minor  The URL of a server changed.
api-default-server-changed  BEHAVIOUR minor  The default server changed.
endpoint-server-changed  BEHAVIOUR minor  The base URL of an operation changed.
endpoint-path-parameter-renamed  INFO patch  A path parameter was renamed; the request is the same.
documentation-changed  INFO patch  A summary, a description or an example changed.
api-version-changed  INFO patch  The version of the API changed.
streaming-changed  WIRE major  A response became a stream, or is no longer one, or the format of the stream changed.
stream-terminator-changed  BEHAVIOUR minor  The terminator of a stream changed.
pagination-changed  BEHAVIOUR minor  The pagination changed.
waiter-changed  BEHAVIOUR minor  The final values or the timeout of a waiting method changed.
call-settings-changed  BEHAVIOUR minor  The timeout or the number of retries of a call changed.
retries-changed  BEHAVIOUR minor  Retries of failed requests were turned on or off.
idempotency-changed  BEHAVIOUR minor  The idempotency headers of an operation were added or removed.
client-header-added-required  WIRE major  A required header of all requests was added.
client-header-added  INFO minor  An optional header of all requests was added.
client-header-removed  BEHAVIOUR minor  A header of all requests was removed.
client-header-changed  BEHAVIOUR minor  The type or default of a header of all requests changed.
client-credential-changed  BEHAVIOUR major  The environment variable of a credential changed, or the credential is now required.
version-header-changed  BEHAVIOUR minor  The header with the version of the API changed.
webhook-added  INFO minor  A webhook was added.
webhook-removed  WIRE major  A webhook was removed.
webhook-signature-changed  WIRE major  The signature of webhook payloads changed.
channel-added  INFO minor  A WebSocket endpoint was added.
channel-removed  WIRE major  A WebSocket endpoint was removed.
channel-message-added  INFO minor  A message of a WebSocket was added.
channel-message-removed  WIRE major  A message of a WebSocket was removed.
channel-message-format-changed  WIRE major  The format of a WebSocket message changed, for example from text to JSON.
channel-message-deprecated  INFO minor  A message of a WebSocket was deprecated.
request-parameter-moved  WIRE major  The location of a parameter changed (query, header, …).
request-parameter-style-changed  WIRE major  The serialization of a parameter changed (style, explode).
request-body-removed  BEHAVIOUR minor  The request body was removed.
request-property-deprecated  INFO minor  A property of a request was deprecated.
request-property-reactivated  INFO patch  A property of a request is no longer deprecated.
request-additional-properties-changed  BEHAVIOUR minor  The type of additional properties of a request changed.
request-part-encoding-changed  WIRE major  The encoding of a form field changed.
response-kind-changed  WIRE major  The kind of a response changed, for example from text to JSON.
response-became-optional  WIRE major  A successful response can now have no body.
response-became-always-present  INFO minor  A successful response now always has a body.
response-return-value-changed  BEHAVIOUR minor  The part of the response that a method returns changed.
response-error-body-added  INFO minor  The schema of an error body was added.
response-error-body-removed  BEHAVIOUR minor  The schema of an error body was removed: it is plain JSON now.
response-header-added  INFO minor  A response header was added.
response-header-became-required  INFO minor  A response header is now required.
response-header-type-changed  BEHAVIOUR minor  The type of a response header changed.
response-property-deprecated  INFO minor  A property of a response was deprecated.
response-property-reactivated  INFO patch  A property of a response is no longer deprecated.
response-additional-properties-changed  BEHAVIOUR minor  The type of additional properties of a response changed.
request-parameter-became-not-enum  INFO minor  A parameter is no longer an enum.
request-parameter-became-nullable  INFO minor  A parameter is now nullable.
request-parameter-became-not-nullable  WIRE major  A parameter is no longer nullable.
request-parameter-one-of-added  INFO minor  A parameter may have an additional type.
request-parameter-one-of-removed  WIRE major  A parameter may no longer have one of its types.
request-parameter-discriminator-added  INFO minor  A discriminator was added to this parameter.
request-parameter-discriminator-removed  INFO minor  The discriminator of this parameter was removed.
request-parameter-discriminator-property-name-changed  WIRE major  The discriminator property of this parameter changed.  | the property with the discriminator value has another name
request-parameter-discriminator-mapping-changed  WIRE major  The type of a discriminator value of this parameter changed.  | the same discriminator value selects another type
request-parameter-min-length-set  WIRE minor  A parameter now has a minimum length.
request-parameter-max-items-set  WIRE minor  A parameter now has a maximum number of items.
request-parameter-constraint-changed  WIRE minor  A parameter has another format, divisor or uniqueness, or another JSON Schema assertion.
request-parameter-constraint-added  WIRE minor  A parameter has a new constraint, such as uniqueItems or additionalProperties: false.
request-parameter-constraint-tightened  WIRE minor  A parameter has a stricter constraint, such as a greater minProperties.
request-parameter-constraint-loosened  INFO patch  A parameter has a looser constraint.
request-parameter-constraint-removed  INFO patch  A parameter no longer has a constraint.
request-property-became-not-enum  INFO minor  A property of a request is no longer an enum.
request-property-min-length-set  WIRE minor  A property of a request now has a minimum length.
request-property-max-items-set  WIRE minor  A property of a request now has a maximum number of items.
request-property-max-items-decreased  WIRE major  A property of a request has a stricter maximum number of items.
request-property-max-items-increased  INFO patch  A property of a request has a looser maximum number of items, or none.
request-property-min-items-decreased  INFO patch  A property of a request has a looser minimum number of items, or none.
request-property-constraint-changed  WIRE minor  A property of a request has another format, divisor or uniqueness, or another JSON Schema assertion.
request-property-constraint-added  WIRE minor  A property of a request has a new constraint, such as uniqueItems or additionalProperties: false.
request-property-constraint-tightened  WIRE minor  A property of a request has a stricter constraint, such as a greater minProperties.
request-property-constraint-loosened  INFO patch  A property of a request has a looser constraint.
request-property-constraint-removed  INFO patch  A property of a request no longer has a constraint.
request-body-became-not-enum  INFO minor  A request body is no longer an enum.
request-body-enum-value-added  INFO minor  A request body accepts an additional value.
request-body-pattern-added  WIRE minor  A request body must match a pattern.
request-body-pattern-changed  WIRE minor  A request body must match a different pattern.
request-body-pattern-removed  INFO patch  A request body no longer has a pattern.
request-body-min-length-set  WIRE minor  A request body now has a minimum length.
request-body-max-items-set  WIRE minor  A request body now has a maximum number of items.
request-body-max-items-decreased  WIRE major  A request body has a stricter maximum number of items.
request-body-max-items-increased  INFO patch  A request body has a looser maximum number of items, or none.
request-body-min-items-decreased  INFO patch  A request body has a looser minimum number of items, or none.
request-body-constraint-changed  WIRE minor  A request body has another format, divisor or uniqueness, or another JSON Schema assertion.
request-body-constraint-added  WIRE minor  A request body has a new constraint, such as uniqueItems or additionalProperties: false.
request-body-constraint-tightened  WIRE minor  A request body has a stricter constraint, such as a greater minProperties.
request-body-constraint-loosened  INFO patch  A request body has a looser constraint.
request-body-constraint-removed  INFO patch  A request body no longer has a constraint.
response-property-type-specialized  INFO minor  A property of a response has a narrower type.
response-property-became-enum  INFO minor  A property of a response is now an enum.
response-property-became-not-enum  INFO minor  A property of a response is no longer an enum.  | the runtime keeps unknown values, and the annotation includes them
response-property-became-not-nullable  INFO minor  A property of a response is no longer nullable.
response-property-variant-added  INFO minor  A property of a response may be an additional variant of a union that keeps unknown objects (with a discriminator, or with several objects).  | the runtime keeps unknown variants
response-property-max-decreased  INFO patch  A property of a response has a stricter maximum.
response-property-min-increased  INFO patch  A property of a response has a stricter minimum.
response-property-max-length-decreased  INFO patch  A property of a response has a stricter maximum length.
response-property-min-length-increased  INFO patch  A property of a response has a stricter minimum length.
response-property-max-items-decreased  INFO patch  A property of a response has a stricter maximum number of items.
response-property-max-items-increased  INFO patch  A property of a response has a looser maximum number of items, or none.  | the client does not enforce constraints on responses
response-property-min-items-increased  INFO patch  A property of a response has a stricter minimum number of items.
response-property-constraint-changed  INFO patch  A property of a response has another format, divisor or uniqueness, or another JSON Schema assertion.
response-property-constraint-added  INFO patch  A property of a response has a new constraint, such as uniqueItems or additionalProperties: false.
response-property-constraint-tightened  INFO patch  A property of a response has a stricter constraint, such as a greater minProperties.
response-property-constraint-loosened  INFO patch  A property of a response has a looser constraint.
response-property-constraint-removed  INFO patch  A property of a response no longer has a constraint.
response-body-type-specialized  INFO minor  A response has a narrower type.
response-body-enum-value-added  INFO minor  A response may have an additional value.  | the runtime keeps unknown values, and the annotation includes them
response-body-enum-value-removed  INFO patch  A response no longer has one of its values.
response-body-became-enum  INFO minor  A response is now an enum.
response-body-became-not-enum  INFO minor  A response is no longer an enum.  | the runtime keeps unknown values, and the annotation includes them
response-body-became-not-nullable  INFO minor  A response is no longer nullable.
response-body-variant-added  INFO minor  A response may be an additional variant of a union that keeps unknown objects (with a discriminator, or with several objects).  | the runtime keeps unknown variants
response-body-pattern-added  INFO patch  A response now matches a pattern.
response-body-pattern-changed  INFO patch  A response matches a different pattern.
response-body-pattern-removed  INFO patch  A response no longer has a pattern.
response-body-max-decreased  INFO patch  A response has a stricter maximum.
response-body-min-increased  INFO patch  A response has a stricter minimum.
response-body-max-length-decreased  INFO patch  A response has a stricter maximum length.
response-body-min-length-increased  INFO patch  A response has a stricter minimum length.
response-body-max-items-decreased  INFO patch  A response has a stricter maximum number of items.
response-body-max-items-increased  INFO patch  A response has a looser maximum number of items, or none.  | the client does not enforce constraints on responses
response-body-min-items-increased  INFO patch  A response has a stricter minimum number of items.
response-body-constraint-changed  INFO patch  A response has another format, divisor or uniqueness, or another JSON Schema assertion.
response-body-constraint-added  INFO patch  A response has a new constraint, such as uniqueItems or additionalProperties: false.
response-body-constraint-tightened  INFO patch  A response has a stricter constraint, such as a greater minProperties.
response-body-constraint-loosened  INFO patch  A response has a looser constraint.
response-body-constraint-removed  INFO patch  A response no longer has a constraint.
"""
