"""The rules of a review, one line each: id, class, bump, meaning, and the reason for a class that
differs from oasdiff's severity.

The first table has the ids of oasdiff. To add a rule, add a line. docs/review-rules.md is
generated from these tables, and a test checks that each rule can be reported.
"""

# Each rule is one line, so lines may be long.

OASDIFF = """
api-removed-without-deprecation  WIRE major  An operation was removed without deprecation.
api-removed-with-deprecation  WIRE minor  A deprecated operation was removed; the Python layer has the major bump.
endpoint-added  INFO minor  An operation was added.
endpoint-deprecated  INFO minor  An operation was deprecated.
endpoint-reactivated  INFO patch  An operation is no longer deprecated.
api-stability-decreased  BEHAVIOUR minor  The stability level of an operation decreased (for example from stable to beta).  | nothing fails yet
api-operation-id-added  INFO patch  An operationId was added.
api-operation-id-removed  INFO patch  An operationId was removed or changed; the Python layer reports whether a method was renamed.
api-security-added  WIRE major  An operation now requires credentials, or accepts an additional authentication scheme.  | stricter: calls without credentials are rejected
api-security-removed  WIRE major  An operation no longer accepts an authentication scheme.  | stricter: clients that use the scheme are rejected
api-global-security-added  WIRE major  The API now requires credentials.  | stricter: calls without credentials are rejected
api-global-security-removed  WIRE major  The API no longer accepts an authentication scheme.  | stricter: clients that use the scheme are rejected
api-security-component-added  INFO minor  An authentication scheme was added.
api-security-component-removed  INFO patch  An authentication scheme was removed; other rules report the operations that used it.
api-security-component-type-changed  WIRE major  The type of an authentication scheme, or the location or name of its credential, changed.  | stricter: requests of existing clients are rejected
api-security-component-oauth-scope-added  INFO minor  An OAuth scope was added.
api-security-component-oauth-scope-removed  BEHAVIOUR minor  An OAuth scope was removed.  | stricter: requests for a token with this scope may be rejected
api-security-component-oauth-token-url-changed  BEHAVIOUR minor  The token URL changed.  | stricter: existing clients use the old URL
api-schema-removed  INFO patch  A named schema was removed; see the Python layer.
new-required-request-parameter  WIRE major  A required parameter was added.
new-optional-request-parameter  INFO minor  An optional parameter was added.
request-parameter-removed  BEHAVIOUR minor  A parameter was removed; most servers ignore unknown parameters.
request-parameter-removed-with-deprecation  BEHAVIOUR minor  A deprecated parameter was removed.
request-parameter-became-required  WIRE major  A parameter is now required.
request-parameter-became-optional  INFO minor  A parameter is now optional.
request-parameter-deprecated  INFO minor  A parameter was deprecated.
request-parameter-reactivated  INFO patch  A parameter is no longer deprecated.
request-body-added-required  WIRE major  A required request body was added.
request-body-added-optional  INFO minor  An optional request body was added.
request-body-became-required  WIRE major  The request body is now required.
request-body-became-optional  INFO minor  The request body is now optional.
request-body-media-type-removed  WIRE major  The media type of a request body changed.
new-required-request-property  WIRE major  A required property was added.
new-required-request-property-with-default  INFO minor  A required property with a default was added.
new-optional-request-property  INFO minor  An optional property was added.
request-property-removed  BEHAVIOUR minor  A property was removed; most servers ignore unknown properties.
request-property-became-required  WIRE major  A property is now required.
request-property-became-required-with-default  INFO minor  A property with a default is now required.
request-property-became-optional  INFO minor  A property is now optional.
request-optional-property-became-read-only  BEHAVIOUR minor  An optional property of a request is now read-only.
request-optional-property-became-not-read-only  INFO minor  An optional property is no longer read-only and can be sent.
request-required-property-became-read-only  BEHAVIOUR minor  A required property of a request is now read-only.
request-required-property-became-not-read-only  INFO minor  A required property is no longer read-only and must be sent.
request-optional-property-became-write-only  INFO patch  An optional property is now write-only.
request-optional-property-became-not-write-only  INFO patch  An optional property is no longer write-only.
request-required-property-became-write-only  INFO patch  A required property is now write-only.
request-required-property-became-not-write-only  INFO patch  A required property is no longer write-only.
response-success-status-added  INFO patch  A success status was added.
response-success-status-removed  INFO patch  A success status was removed.  | the client takes every 2xx status and never looks at the media type of JSON
response-non-success-status-added  INFO minor  An error response was added.
response-non-success-status-removed  INFO patch  An error response was removed.
response-media-type-added  INFO patch  A media type of a response was added.
response-media-type-removed  BEHAVIOUR minor  A media type of a response was removed.  | the client accepts every 2xx status and does not check the media type of JSON
optional-response-header-removed  BEHAVIOUR minor  An optional response header was removed.
required-response-header-removed  WIRE major  A required response header was removed.
response-header-became-optional  WIRE major  A response header is now optional.
response-required-property-removed  WIRE major  A required property of a response was removed.
response-optional-property-removed  WIRE minor  An optional property of a response was removed.
response-required-property-added  INFO minor  A required property of a response was added.
response-optional-property-added  INFO minor  An optional property of a response was added.
response-property-became-optional  WIRE major  A property of a response is now optional: if it is missing, code that expects a value gets None.
response-property-became-required  INFO minor  A property of a response is now required.
response-optional-property-became-read-only  INFO patch  An optional property is now read-only.
response-optional-property-became-not-read-only  INFO patch  An optional property is no longer read-only.
response-required-property-became-read-only  INFO patch  A required property is now read-only.
response-required-property-became-not-read-only  INFO patch  A required property is no longer read-only.
response-optional-property-became-write-only  BEHAVIOUR minor  An optional property of a response is now write-only.  | stricter: reading it gives None
response-optional-property-became-not-write-only  INFO minor  An optional property of a response is no longer write-only.
response-required-property-became-write-only  WIRE major  A required property of a response is now write-only.  | stricter: reading it gives None
response-required-property-became-not-write-only  INFO minor  A required property of a response is no longer write-only.  | existing code does not read it
request-parameter-type-changed  WIRE major  The type of a parameter changed.
request-parameter-type-generalized  INFO minor  A parameter accepts more types.
request-parameter-became-enum  WIRE major  A parameter is now an enum.
request-parameter-enum-value-removed  WIRE major  A parameter no longer accepts a value.
request-parameter-enum-value-added  INFO minor  A parameter accepts an additional value.
request-parameter-pattern-added  WIRE minor  A parameter must match a pattern.
request-parameter-pattern-changed  WIRE minor  A parameter must match a different pattern.
request-parameter-pattern-removed  INFO patch  A parameter no longer has a pattern.
request-parameter-default-value-added  BEHAVIOUR minor  The default of this parameter was added.  | the client does not send defaults; the server applies its own, also for old clients
request-parameter-default-value-changed  BEHAVIOUR minor  The default of this parameter was changed.  | the client does not send defaults; the server applies its own, also for old clients
request-parameter-default-value-removed  BEHAVIOUR minor  The default of this parameter was removed.  | the client does not send defaults; the server applies its own, also for old clients
request-parameter-max-set  WIRE minor  A parameter now has a maximum.
request-parameter-max-decreased  WIRE major  A parameter has a stricter maximum.
request-parameter-max-increased  INFO patch  A parameter has a looser maximum, or none.
request-parameter-min-set  WIRE minor  A parameter now has a minimum.
request-parameter-min-increased  WIRE major  A parameter has a stricter minimum.
request-parameter-min-decreased  INFO patch  A parameter has a looser minimum, or none.
request-parameter-max-length-set  WIRE minor  A parameter now has a maximum length.
request-parameter-max-length-decreased  WIRE major  A parameter has a stricter maximum length.
request-parameter-max-length-increased  INFO patch  A parameter has a looser maximum length, or none.
request-parameter-min-length-increased  WIRE major  A parameter has a stricter minimum length.
request-parameter-min-length-decreased  INFO patch  A parameter has a looser minimum length, or none.
request-parameter-max-items-decreased  WIRE major  A parameter has a stricter maximum number of items.
request-parameter-max-items-increased  INFO patch  A parameter has a looser maximum number of items, or none.
request-parameter-min-items-set  WIRE minor  A parameter now has a minimum number of items.
request-parameter-min-items-increased  WIRE major  A parameter has a stricter minimum number of items.
request-parameter-min-items-decreased  INFO patch  A parameter has a looser minimum number of items, or none.
request-property-type-changed  WIRE major  The type of a property of a request changed.
request-property-type-generalized  INFO minor  A property of a request accepts more types.
request-property-became-enum  WIRE major  A property of a request is now an enum.
request-property-enum-value-removed  WIRE major  A property of a request no longer accepts a value.
request-property-enum-value-added  INFO minor  A property of a request accepts an additional value.
request-property-became-nullable  INFO minor  A property of a request is now nullable.
request-property-became-not-nullable  WIRE major  A property of a request is no longer nullable.
request-property-one-of-added  INFO minor  A property of a request may have an additional type.
request-property-one-of-removed  WIRE major  A property of a request may no longer have one of its types.
request-property-pattern-added  WIRE minor  A property of a request must match a pattern.
request-property-pattern-changed  WIRE minor  A property of a request must match a different pattern.
request-property-pattern-removed  INFO patch  A property of a request no longer has a pattern.
request-property-discriminator-added  INFO minor  A discriminator was added to this property of a request.
request-property-discriminator-removed  INFO minor  The discriminator of this property of a request was removed.
request-property-discriminator-property-name-changed  WIRE major  The discriminator property of this property of a request changed.  | stricter: the property with the discriminator value has another name
request-property-discriminator-mapping-changed  WIRE major  The type of a discriminator value of this property of a request changed.  | stricter: the same discriminator value selects another type
request-property-default-value-added  BEHAVIOUR minor  The default of this property of a request was added.  | stricter: omitting it means another value
request-property-default-value-changed  BEHAVIOUR minor  The default of this property of a request was changed.  | stricter: omitting it means another value
request-property-default-value-removed  BEHAVIOUR minor  The default of this property of a request was removed.  | stricter: omitting it means another value
request-property-max-set  WIRE minor  A property of a request now has a maximum.
request-property-max-decreased  WIRE major  A property of a request has a stricter maximum.
request-property-max-increased  INFO patch  A property of a request has a looser maximum, or none.
request-property-min-set  WIRE minor  A property of a request now has a minimum.
request-property-min-increased  WIRE major  A property of a request has a stricter minimum.
request-property-min-decreased  INFO patch  A property of a request has a looser minimum, or none.
request-property-max-length-set  WIRE minor  A property of a request now has a maximum length.
request-property-max-length-decreased  WIRE major  A property of a request has a stricter maximum length.
request-property-max-length-increased  INFO patch  A property of a request has a looser maximum length, or none.
request-property-min-length-increased  WIRE major  A property of a request has a stricter minimum length.
request-property-min-length-decreased  INFO patch  A property of a request has a looser minimum length, or none.
request-property-min-items-set  WIRE minor  A property of a request now has a minimum number of items.
request-property-min-items-increased  WIRE major  A property of a request has a stricter minimum number of items.
request-body-type-changed  WIRE major  The type of a request body changed.
request-body-type-generalized  INFO minor  A request body accepts more types.
request-body-became-enum  WIRE major  A request body is now an enum.
request-body-enum-value-removed  WIRE major  A request body no longer accepts a value.  | stricter: the server rejects the value
request-body-became-nullable  INFO minor  A request body is now nullable.
request-body-became-not-nullable  WIRE major  A request body is no longer nullable.
request-body-one-of-added  INFO minor  A request body may have an additional type.
request-body-one-of-removed  WIRE major  A request body may no longer have one of its types.
request-body-discriminator-added  INFO minor  A discriminator was added to this request body.
request-body-discriminator-removed  INFO minor  The discriminator of this request body was removed.
request-body-discriminator-property-name-changed  WIRE major  The discriminator property of this request body changed.  | stricter: the property with the discriminator value has another name
request-body-discriminator-mapping-changed  WIRE major  The type of a discriminator value of this request body changed.  | stricter: the same discriminator value selects another type
request-body-default-value-added  BEHAVIOUR minor  The default of this request body was added.  | stricter: omitting it means another value
request-body-default-value-changed  BEHAVIOUR minor  The default of this request body was changed.  | stricter: omitting it means another value
request-body-default-value-removed  BEHAVIOUR minor  The default of this request body was removed.  | stricter: omitting it means another value
request-body-max-set  WIRE minor  A request body now has a maximum.
request-body-max-decreased  WIRE major  A request body has a stricter maximum.
request-body-max-increased  INFO patch  A request body has a looser maximum, or none.
request-body-min-set  WIRE minor  A request body now has a minimum.
request-body-min-increased  WIRE major  A request body has a stricter minimum.
request-body-min-decreased  INFO patch  A request body has a looser minimum, or none.
request-body-max-length-set  WIRE minor  A request body now has a maximum length.
request-body-max-length-decreased  WIRE major  A request body has a stricter maximum length.
request-body-max-length-increased  INFO patch  A request body has a looser maximum length, or none.
request-body-min-length-increased  WIRE major  A request body has a stricter minimum length.
request-body-min-length-decreased  INFO patch  A request body has a looser minimum length, or none.
request-body-min-items-set  WIRE minor  A request body now has a minimum number of items.
request-body-min-items-increased  WIRE major  A request body has a stricter minimum number of items.
response-property-type-changed  WIRE major  The type of a property of a response changed.
response-property-enum-value-added  INFO minor  A property of a response may have an additional value.  | the runtime keeps unknown values, and the annotation includes them
response-property-enum-value-removed  INFO patch  A property of a response no longer has one of its values.
response-property-became-nullable  WIRE major  A property of a response is now nullable.
response-property-one-of-added  WIRE major  A property of a response may have an additional type.
response-property-one-of-removed  INFO patch  A property of a response no longer has one of its types.
response-property-pattern-added  INFO patch  A property of a response now matches a pattern.
response-property-pattern-changed  INFO patch  A property of a response matches a different pattern.
response-property-pattern-removed  INFO patch  A property of a response no longer has a pattern.
response-property-discriminator-added  INFO minor  A discriminator was added to this property of a response.
response-property-discriminator-removed  INFO minor  The discriminator of this property of a response was removed.
response-property-discriminator-property-name-changed  WIRE major  The discriminator property of this property of a response changed.  | stricter: the property with the discriminator value has another name
response-property-discriminator-mapping-changed  WIRE major  The type of a discriminator value of this property of a response changed.  | stricter: the same discriminator value selects another type
response-property-default-value-added  INFO patch  The default of this property of a response was added.
response-property-default-value-changed  INFO patch  The default of this property of a response was changed.
response-property-default-value-removed  INFO patch  The default of this property of a response was removed.
response-property-max-increased  INFO patch  A property of a response has a looser maximum, or none.  | the client does not enforce constraints on responses
response-property-min-decreased  INFO patch  A property of a response has a looser minimum, or none.  | the client does not enforce constraints on responses
response-property-max-length-increased  INFO patch  A property of a response has a looser maximum length, or none.  | the client does not enforce constraints on responses
response-property-min-length-decreased  INFO patch  A property of a response has a looser minimum length, or none.  | the client does not enforce constraints on responses
response-property-min-items-decreased  INFO patch  A property of a response has a looser minimum number of items, or none.  | the client does not enforce constraints on responses
response-body-type-changed  WIRE major  The type of a response changed.
response-body-became-nullable  WIRE major  A response is now nullable.
response-body-one-of-added  WIRE major  A response may have an additional type.
response-body-one-of-removed  INFO patch  A response no longer has one of its types.
response-body-discriminator-added  INFO minor  A discriminator was added to this response.
response-body-discriminator-removed  INFO minor  The discriminator of this response was removed.
response-body-discriminator-property-name-changed  WIRE major  The discriminator property of this response changed.  | stricter: the property with the discriminator value has another name
response-body-discriminator-mapping-changed  WIRE major  The type of a discriminator value of this response changed.  | stricter: the same discriminator value selects another type
response-body-default-value-added  INFO patch  The default of this response was added.
response-body-default-value-changed  INFO patch  The default of this response was changed.
response-body-default-value-removed  INFO patch  The default of this response was removed.
response-body-max-increased  INFO patch  A response has a looser maximum, or none.  | the client does not enforce constraints on responses
response-body-min-decreased  INFO patch  A response has a looser minimum, or none.  | the client does not enforce constraints on responses
response-body-max-length-increased  INFO patch  A response has a looser maximum length, or none.  | the client does not enforce constraints on responses
response-body-min-length-decreased  INFO patch  A response has a looser minimum length, or none.  | the client does not enforce constraints on responses
response-body-min-items-decreased  INFO patch  A response has a looser minimum number of items, or none.  | the client does not enforce constraints on responses
"""

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

PYTHON = """
python-package-renamed  SOURCE major  The import name of the package changed.
python-client-renamed  SOURCE major  A client class was renamed.
python-http-library-changed  SOURCE major  The HTTP library of the client changed: `except httpx.ConnectError` no longer catches its errors.
python-group-removed  SOURCE major  A group of methods was removed.
python-group-renamed  SOURCE major  A group of methods was renamed.
python-group-added  INFO minor  A group of methods was added.
python-method-removed  SOURCE major  A method was removed.
python-method-renamed  SOURCE major  A method was renamed or moved to another group; it makes the same call.
python-method-added  INFO minor  A method was added.
python-method-call-changed  BEHAVIOUR minor  The operation that a method calls changed.
python-method-became-deprecated  INFO minor  A method was deprecated and warns when it is called.
python-method-stream-changed  SOURCE major  A method now returns a stream or pages, or no longer does.
python-method-return-type-changed  TYPE major  A method may return values of types that callers do not expect.
python-method-return-type-narrowed  INFO minor  The return type of a method was narrowed.
python-method-return-value-added  INFO minor  A method returned None and now returns a value.
python-argument-removed  SOURCE major  An argument was removed.
python-argument-renamed  SOURCE major  An argument was renamed.
python-argument-added-required  SOURCE major  A required argument was added.
python-argument-added-optional  INFO minor  An optional argument was added.
python-argument-became-required  SOURCE major  An argument is now required.
python-argument-became-optional  INFO minor  An argument is now optional.
python-argument-moved  SOURCE major  The order of positional arguments changed.
python-argument-became-keyword-only  SOURCE major  An argument can no longer be passed by position.
python-argument-became-positional  INFO minor  An argument can now be passed by position.
python-argument-default-changed  BEHAVIOUR minor  The default of an argument changed.
python-argument-type-narrowed  TYPE major  An argument accepts fewer types.
python-argument-type-widened  INFO minor  An argument accepts more types.
python-argument-type-changed  TYPE major  The type of an argument changed.
python-class-removed  SOURCE major  A class or type was removed.
python-class-renamed  SOURCE major  A class was renamed.
python-class-added  INFO minor  A class or type was added.
python-class-kind-changed  SOURCE major  The kind of a type changed, for example from a type alias to a model.
python-class-base-removed  SOURCE major  A base class was removed: isinstance is now False.
python-class-base-added  INFO minor  A base class was added.
python-class-moved  SOURCE major  A class is defined in another module: imports from the module and pickles fail.
python-import-moved  SOURCE major  A name was moved to another module.
python-import-removed  SOURCE major  A name can no longer be imported.
python-import-added  INFO patch  A name can be imported from an additional module.
python-field-removed  SOURCE major  A field was removed.
python-field-renamed  SOURCE major  A field was renamed.
python-field-added  INFO minor  A field was added.
python-field-became-required  SOURCE major  A field is now required to construct a model.
python-field-added-required  SOURCE major  A required field was added.
python-field-became-optional  INFO minor  A field is now optional to construct a model.
python-field-default-changed  BEHAVIOUR minor  The default of a field changed.
python-field-type-widened  TYPE major  A field may have values of types that code does not expect, such as None.
python-field-type-narrowed  INFO minor  The type of a field was narrowed.
python-field-takes-less  TYPE major  A field of a model that users construct accepts fewer types.
python-field-takes-more  INFO minor  A field of a model that users only construct accepts more types.
python-field-type-changed  TYPE major  The type of a field changed.
python-type-value-added  INFO minor  A value of an enum was added.  | the annotation already includes unknown values
python-type-value-removed  TYPE major  A value of an enum was removed: type checkers reject it as an argument.
python-type-value-no-longer-received  INFO minor  A value of an enum in responses was removed.
python-enum-member-removed  SOURCE major  A member of an enum class was removed.
python-type-member-added  INFO minor  A member of a union was added.  | the annotation already includes unknown variants
python-type-member-removed  TYPE major  A member of a union was removed.
python-type-member-no-longer-received  INFO minor  A member of a union in responses was removed.
python-type-changed  TYPE major  The target of a type alias changed.
python-error-status-changed  BEHAVIOUR minor  The status of an error class changed.
python-error-body-changed  TYPE major  The type of the body of an error class changed.
python-environment-removed  SOURCE major  An environment was removed.
python-environment-added  INFO minor  An environment was added.
python-environment-changed  BEHAVIOUR minor  The URL of an environment changed.
"""
