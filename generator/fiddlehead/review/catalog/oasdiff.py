"""The rules about the API that have the ids of oasdiff."""

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
response-success-status-removed  INFO patch  A success status was removed.  | the client accepts every 2xx status and does not check the media type of JSON
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
