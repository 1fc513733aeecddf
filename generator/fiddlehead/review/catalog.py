"""The table of rules, one line each: id, class, bump, meaning, and why it is not oasdiff's severity.

The ids of the first table are oasdiff's, so that they can be looked up there. A new rule is a new
line here; a test holds that each can be found, and docs/review-rules.md is made of this.
"""

# A table is read by eye before it is read by Python, so lines may be long.

OASDIFF = """
api-removed-without-deprecation  WIRE major  An operation is gone without notice.
api-removed-with-deprecation  WIRE minor  An operation is gone that had been deprecated; the Python layer asks for the major bump.
endpoint-added  INFO minor  An operation is new.
endpoint-deprecated  INFO minor  An operation was deprecated.
endpoint-reactivated  INFO patch  An operation is no longer deprecated.
api-stability-decreased  BEHAVIOUR minor  An operation can be relied on less than before (stable to beta and so on).  | nothing fails yet: it is a promise that was taken back
api-operation-id-added  INFO patch  An operation got an operationId.
api-operation-id-removed  INFO patch  An operationId is gone or another; the Python layer says whether a method moved.
api-security-added  WIRE major  An operation that was public needs a credential, or it takes a further way to authenticate.  | harsher: calls without a credential are refused
api-security-removed  WIRE major  A way to authenticate is no longer taken by an operation.  | harsher: a client that authenticates that way is refused
api-global-security-added  WIRE major  The API, which was public, needs a credential.  | harsher: calls without a credential are refused
api-global-security-removed  WIRE major  A way to authenticate is no longer taken by the API.  | harsher: a client that authenticates that way is refused
api-security-component-added  INFO minor  A way to authenticate is described newly.
api-security-component-removed  INFO patch  A way to authenticate is no longer described; who used it is said by the other rules.
api-security-component-type-changed  WIRE major  A way to authenticate works otherwise: another kind, place or name of the credential.  | harsher: requests of clients made before are refused
api-security-component-oauth-scope-added  INFO minor  OAuth knows a scope more.
api-security-component-oauth-scope-removed  BEHAVIOUR minor  OAuth knows a scope less.  | harsher: a token that asks for it may be refused
api-security-component-oauth-token-url-changed  BEHAVIOUR minor  Tokens come from another address.  | harsher: clients made before ask the old address
api-schema-removed  INFO patch  A named schema is gone; see the Python layer.
new-required-request-parameter  WIRE major  A parameter is new and must be given.
new-optional-request-parameter  INFO minor  A parameter is new and may be given.
request-parameter-removed  BEHAVIOUR minor  A parameter is gone: servers mostly ignore what they do not know.
request-parameter-removed-with-deprecation  BEHAVIOUR minor  A parameter is gone that had been deprecated.
request-parameter-became-required  WIRE major  A parameter must be given now.
request-parameter-became-optional  INFO minor  A parameter may be left out now.
request-parameter-deprecated  INFO minor  A parameter was deprecated.
request-parameter-reactivated  INFO patch  A parameter is no longer deprecated.
request-body-added-required  WIRE major  A request must carry a body and had none.
request-body-added-optional  INFO minor  A request may carry a body and had none.
request-body-became-required  WIRE major  A request must carry its body now.
request-body-became-optional  INFO minor  A request may leave its body out now.
request-body-media-type-removed  WIRE major  A body is sent as another media type.
new-required-request-property  WIRE major  A property is new and must be given.
new-required-request-property-with-default  INFO minor  A property is new and required, and the server has a default for it.
new-optional-request-property  INFO minor  A property is new and may be given.
request-property-removed  BEHAVIOUR minor  A property is gone: servers mostly ignore what they do not know.
request-property-became-required  WIRE major  A property must be given now.
request-property-became-required-with-default  INFO minor  A property is required now, and the server has a default for it.
request-property-became-optional  INFO minor  A property may be left out now.
request-optional-property-became-read-only  BEHAVIOUR minor  An optional property of a request is only in responses now.
request-optional-property-became-not-read-only  INFO minor  An optional property may be sent now.
request-required-property-became-read-only  BEHAVIOUR minor  A required property of a request is only in responses now.
request-required-property-became-not-read-only  INFO minor  A required property is to be sent now.
request-optional-property-became-write-only  INFO patch  An optional property is only sent now, never received.
request-optional-property-became-not-write-only  INFO patch  An optional property is in responses too now.
request-required-property-became-write-only  INFO patch  A required property is only sent now, never received.
request-required-property-became-not-write-only  INFO patch  A required property is in responses too now.
response-success-status-added  INFO patch  Success has another status.
response-success-status-removed  INFO patch  A status of success is gone.  | the client takes every 2xx status and never looks at the media type of JSON
response-non-success-status-added  INFO minor  A failure is described newly.
response-non-success-status-removed  INFO patch  A failure is no longer described.
response-media-type-added  INFO patch  A response has another media type.
response-media-type-removed  BEHAVIOUR minor  A media type of a response is gone.  | the client takes every 2xx status and never looks at the media type of JSON
optional-response-header-removed  BEHAVIOUR minor  A header of a response is gone.
required-response-header-removed  WIRE major  A header is gone that every response had.
response-header-became-optional  WIRE major  A header may be missing that every response had.
response-required-property-removed  WIRE major  A property that was always there is gone.
response-optional-property-removed  WIRE minor  A property that could be missing is gone.
response-required-property-added  INFO minor  Responses always have a new property.
response-optional-property-added  INFO minor  Responses may have a new property.
response-property-became-optional  WIRE major  A property may be missing now: it decodes to None, where code expects a value.
response-property-became-required  INFO minor  A property is always there now.
response-optional-property-became-read-only  INFO patch  An optional property is only in responses now.
response-optional-property-became-not-read-only  INFO patch  An optional property is sent too now.
response-required-property-became-read-only  INFO patch  A required property is only in responses now.
response-required-property-became-not-read-only  INFO patch  A required property is sent too now.
response-optional-property-became-write-only  BEHAVIOUR minor  An optional property is no longer in responses.  | harsher: reading it gives None
response-optional-property-became-not-write-only  INFO minor  An optional property is in responses now.
response-required-property-became-write-only  WIRE major  A required property is no longer in responses.  | harsher: reading it gives None
response-required-property-became-not-write-only  INFO minor  A required property is in responses now.  | nothing that was read changes
request-parameter-type-changed  WIRE major  A parameter has another type.
request-parameter-type-generalized  INFO minor  A parameter takes more types.
request-parameter-became-enum  WIRE major  A parameter takes only some values now.
request-parameter-enum-value-removed  WIRE major  A parameter no longer takes a value.
request-parameter-enum-value-added  INFO minor  A parameter takes a further value.
request-parameter-pattern-added  WIRE minor  A parameter must match a pattern.
request-parameter-pattern-changed  WIRE minor  A parameter must match another pattern.
request-parameter-pattern-removed  INFO patch  A parameter need not match a pattern any more.
request-parameter-default-value-added  BEHAVIOUR minor  The default of this parameter was added.  | the client never sends defaults: the server applies its own, to old clients too
request-parameter-default-value-changed  BEHAVIOUR minor  The default of this parameter was changed.  | the client never sends defaults: the server applies its own, to old clients too
request-parameter-default-value-removed  BEHAVIOUR minor  The default of this parameter was removed.  | the client never sends defaults: the server applies its own, to old clients too
request-parameter-max-set  WIRE minor  A parameter has a maximum now.
request-parameter-max-decreased  WIRE major  A parameter has a tighter maximum.
request-parameter-max-increased  INFO patch  A parameter has a looser maximum, or none.
request-parameter-min-set  WIRE minor  A parameter has a minimum now.
request-parameter-min-increased  WIRE major  A parameter has a tighter minimum.
request-parameter-min-decreased  INFO patch  A parameter has a looser minimum, or none.
request-parameter-max-length-set  WIRE minor  A parameter has a greatest length now.
request-parameter-max-length-decreased  WIRE major  A parameter has a tighter greatest length.
request-parameter-max-length-increased  INFO patch  A parameter has a looser greatest length, or none.
request-parameter-min-length-increased  WIRE major  A parameter has a tighter least length.
request-parameter-min-length-decreased  INFO patch  A parameter has a looser least length, or none.
request-parameter-max-items-decreased  WIRE major  A parameter has a tighter greatest number of items.
request-parameter-max-items-increased  INFO patch  A parameter has a looser greatest number of items, or none.
request-parameter-min-items-set  WIRE minor  A parameter has a least number of items now.
request-parameter-min-items-increased  WIRE major  A parameter has a tighter least number of items.
request-parameter-min-items-decreased  INFO patch  A parameter has a looser least number of items, or none.
request-property-type-changed  WIRE major  A property of a request has another type.
request-property-type-generalized  INFO minor  A property of a request takes more types.
request-property-became-enum  WIRE major  A property of a request takes only some values now.
request-property-enum-value-removed  WIRE major  A property of a request no longer takes a value.
request-property-enum-value-added  INFO minor  A property of a request takes a further value.
request-property-became-nullable  INFO minor  A property of a request may be null now.
request-property-became-not-nullable  WIRE major  A property of a request may no longer be null.
request-property-one-of-added  INFO minor  A property of a request may be of a further type.
request-property-one-of-removed  WIRE major  A property of a request may be of a type less.
request-property-pattern-added  WIRE minor  A property of a request must match a pattern.
request-property-pattern-changed  WIRE minor  A property of a request must match another pattern.
request-property-pattern-removed  INFO patch  A property of a request need not match a pattern any more.
request-property-discriminator-added  INFO minor  A discriminator tells the types of this property of a request apart.
request-property-discriminator-removed  INFO minor  No discriminator tells the types of this property of a request apart any more.
request-property-discriminator-property-name-changed  WIRE major  Another property tells the types of this property of a request apart.  | harsher: the tag is sent or read under another name
request-property-discriminator-mapping-changed  WIRE major  A tag of this property of a request selects another type.  | harsher: the same tag means another type
request-property-default-value-added  BEHAVIOUR minor  The default of this property of a request was added.  | harsher: leaving it out means another value
request-property-default-value-changed  BEHAVIOUR minor  The default of this property of a request was changed.  | harsher: leaving it out means another value
request-property-default-value-removed  BEHAVIOUR minor  The default of this property of a request was removed.  | harsher: leaving it out means another value
request-property-max-set  WIRE minor  A property of a request has a maximum now.
request-property-max-decreased  WIRE major  A property of a request has a tighter maximum.
request-property-max-increased  INFO patch  A property of a request has a looser maximum, or none.
request-property-min-set  WIRE minor  A property of a request has a minimum now.
request-property-min-increased  WIRE major  A property of a request has a tighter minimum.
request-property-min-decreased  INFO patch  A property of a request has a looser minimum, or none.
request-property-max-length-set  WIRE minor  A property of a request has a greatest length now.
request-property-max-length-decreased  WIRE major  A property of a request has a tighter greatest length.
request-property-max-length-increased  INFO patch  A property of a request has a looser greatest length, or none.
request-property-min-length-increased  WIRE major  A property of a request has a tighter least length.
request-property-min-length-decreased  INFO patch  A property of a request has a looser least length, or none.
request-property-min-items-set  WIRE minor  A property of a request has a least number of items now.
request-property-min-items-increased  WIRE major  A property of a request has a tighter least number of items.
request-body-type-changed  WIRE major  A request body has another type.
request-body-type-generalized  INFO minor  A request body takes more types.
request-body-became-enum  WIRE major  A request body takes only some values now.
request-body-enum-value-removed  WIRE major  A request body no longer takes a value.  | harsher: the server refuses the value
request-body-became-nullable  INFO minor  A request body may be null now.
request-body-became-not-nullable  WIRE major  A request body may no longer be null.
request-body-one-of-added  INFO minor  A request body may be of a further type.
request-body-one-of-removed  WIRE major  A request body may be of a type less.
request-body-discriminator-added  INFO minor  A discriminator tells the types of this request body apart.
request-body-discriminator-removed  INFO minor  No discriminator tells the types of this request body apart any more.
request-body-discriminator-property-name-changed  WIRE major  Another property tells the types of this request body apart.  | harsher: the tag is sent or read under another name
request-body-discriminator-mapping-changed  WIRE major  A tag of this request body selects another type.  | harsher: the same tag means another type
request-body-default-value-added  BEHAVIOUR minor  The default of this request body was added.  | harsher: leaving it out means another value
request-body-default-value-changed  BEHAVIOUR minor  The default of this request body was changed.  | harsher: leaving it out means another value
request-body-default-value-removed  BEHAVIOUR minor  The default of this request body was removed.  | harsher: leaving it out means another value
request-body-max-set  WIRE minor  A request body has a maximum now.
request-body-max-decreased  WIRE major  A request body has a tighter maximum.
request-body-max-increased  INFO patch  A request body has a looser maximum, or none.
request-body-min-set  WIRE minor  A request body has a minimum now.
request-body-min-increased  WIRE major  A request body has a tighter minimum.
request-body-min-decreased  INFO patch  A request body has a looser minimum, or none.
request-body-max-length-set  WIRE minor  A request body has a greatest length now.
request-body-max-length-decreased  WIRE major  A request body has a tighter greatest length.
request-body-max-length-increased  INFO patch  A request body has a looser greatest length, or none.
request-body-min-length-increased  WIRE major  A request body has a tighter least length.
request-body-min-length-decreased  INFO patch  A request body has a looser least length, or none.
request-body-min-items-set  WIRE minor  A request body has a least number of items now.
request-body-min-items-increased  WIRE major  A request body has a tighter least number of items.
response-property-type-changed  WIRE major  A property of a response has another type.
response-property-enum-value-added  INFO minor  A property of a response may have a further value.  | the runtime keeps values that it does not know, and the annotation names them
response-property-enum-value-removed  INFO patch  A property of a response no longer has a value.
response-property-became-nullable  WIRE major  A property of a response may be null now.
response-property-one-of-added  WIRE major  A property of a response may be of a further type.
response-property-one-of-removed  INFO patch  A property of a response is never of one of its types now.
response-property-pattern-added  INFO patch  A property of a response matches a pattern.
response-property-pattern-changed  INFO patch  A property of a response matches another pattern.
response-property-pattern-removed  INFO patch  A property of a response matches no pattern any more.
response-property-discriminator-added  INFO minor  A discriminator tells the types of this property of a response apart.
response-property-discriminator-removed  INFO minor  No discriminator tells the types of this property of a response apart any more.
response-property-discriminator-property-name-changed  WIRE major  Another property tells the types of this property of a response apart.  | harsher: the tag is sent or read under another name
response-property-discriminator-mapping-changed  WIRE major  A tag of this property of a response selects another type.  | harsher: the same tag means another type
response-property-default-value-added  INFO patch  The default of this property of a response was added.
response-property-default-value-changed  INFO patch  The default of this property of a response was changed.
response-property-default-value-removed  INFO patch  The default of this property of a response was removed.
response-property-max-increased  INFO patch  A property of a response has a looser maximum, or none.  | the client never enforces constraints, so responses outside them still decode
response-property-min-decreased  INFO patch  A property of a response has a looser minimum, or none.  | the client never enforces constraints, so responses outside them still decode
response-property-max-length-increased  INFO patch  A property of a response has a looser greatest length, or none.  | the client never enforces constraints, so responses outside them still decode
response-property-min-length-decreased  INFO patch  A property of a response has a looser least length, or none.  | the client never enforces constraints, so responses outside them still decode
response-property-min-items-decreased  INFO patch  A property of a response has a looser least number of items, or none.  | the client never enforces constraints, so responses outside them still decode
response-body-type-changed  WIRE major  A response has another type.
response-body-became-nullable  WIRE major  A response may be null now.
response-body-one-of-added  WIRE major  A response may be of a further type.
response-body-one-of-removed  INFO patch  A response is never of one of its types now.
response-body-discriminator-added  INFO minor  A discriminator tells the types of this response apart.
response-body-discriminator-removed  INFO minor  No discriminator tells the types of this response apart any more.
response-body-discriminator-property-name-changed  WIRE major  Another property tells the types of this response apart.  | harsher: the tag is sent or read under another name
response-body-discriminator-mapping-changed  WIRE major  A tag of this response selects another type.  | harsher: the same tag means another type
response-body-default-value-added  INFO patch  The default of this response was added.
response-body-default-value-changed  INFO patch  The default of this response was changed.
response-body-default-value-removed  INFO patch  The default of this response was removed.
response-body-max-increased  INFO patch  A response has a looser maximum, or none.  | the client never enforces constraints, so responses outside them still decode
response-body-min-decreased  INFO patch  A response has a looser minimum, or none.  | the client never enforces constraints, so responses outside them still decode
response-body-max-length-increased  INFO patch  A response has a looser greatest length, or none.  | the client never enforces constraints, so responses outside them still decode
response-body-min-length-decreased  INFO patch  A response has a looser least length, or none.  | the client never enforces constraints, so responses outside them still decode
response-body-min-items-decreased  INFO patch  A response has a looser least number of items, or none.  | the client never enforces constraints, so responses outside them still decode
"""

FIDDLEHEAD = """
api-stability-increased  INFO minor  An operation can be relied on more than before.
api-security-alternative-added  INFO minor  There is a further way to authenticate.
api-security-optional  INFO minor  No credential is needed any more.
api-schema-added  INFO minor  A named schema is new.
api-server-added  INFO minor  The API runs at a further place.
api-server-removed  WIRE minor  The API no longer runs at one of its places.
api-server-url-changed  BEHAVIOUR minor  A place of the API has another URL.
api-default-server-changed  BEHAVIOUR minor  Clients go to another place by default.
endpoint-server-changed  BEHAVIOUR minor  An operation goes to another base URL.
endpoint-path-parameter-renamed  INFO patch  A path parameter has another name; the path that is sent is the same.
documentation-changed  INFO patch  A summary, a description or an example changed.
api-version-changed  INFO patch  The description gives itself another version.
streaming-changed  WIRE major  A response is a stream of events and was none, or the reverse, or in another format.
stream-terminator-changed  BEHAVIOUR minor  A stream ends with another event.
pagination-changed  BEHAVIOUR minor  The next page is found otherwise.
waiter-changed  BEHAVIOUR minor  Waiting ends at other values, or after another time.
call-settings-changed  BEHAVIOUR minor  A call waits for another time, or is repeated more or less often.
retries-changed  BEHAVIOUR minor  Failed requests are repeated and were not, or the reverse.
idempotency-changed  BEHAVIOUR minor  An operation takes idempotency headers and did not, or the reverse.
client-header-added-required  WIRE major  The client needs a header that it sends with every request.
client-header-added  INFO minor  The client can send a further header with every request.
client-header-removed  BEHAVIOUR minor  A header is no longer sent with every request.
client-header-changed  BEHAVIOUR minor  A header of every request has another type or default.
client-credential-changed  BEHAVIOUR major  A credential is read from another environment variable, or must be given where it did not.
version-header-changed  BEHAVIOUR minor  The header that says the API's version differs.
webhook-added  INFO minor  The API sends a further request.
webhook-removed  WIRE major  The API no longer sends a request.
webhook-signature-changed  WIRE major  Payloads are signed otherwise.
channel-added  INFO minor  A WebSocket endpoint is new.
channel-removed  WIRE major  A WebSocket endpoint is gone.
channel-message-added  INFO minor  A WebSocket endpoint knows a further message.
channel-message-removed  WIRE major  A WebSocket endpoint knows a message less.
channel-message-format-changed  WIRE major  A message of a WebSocket is JSON and was text or binary, or the like.
channel-message-deprecated  INFO minor  A message of a WebSocket was deprecated.
request-parameter-moved  WIRE major  A parameter is sent elsewhere (query, header, …).
request-parameter-style-changed  WIRE major  A parameter is written otherwise (style, explode).
request-body-removed  BEHAVIOUR minor  A request carries no body any more.
request-property-deprecated  INFO minor  A property of a request was deprecated.
request-property-reactivated  INFO patch  A property of a request is no longer deprecated.
request-additional-properties-changed  BEHAVIOUR minor  Further properties of a request have another type.
request-part-encoding-changed  WIRE major  A part of a form is written otherwise.
response-kind-changed  WIRE major  A response is JSON and was text, bytes, a file or nothing, or the like.
response-became-optional  WIRE major  A success may come without a body now.
response-became-always-present  INFO minor  A success always has a body now.
response-return-value-changed  BEHAVIOUR minor  A method returns another part of the response.
response-error-body-added  INFO minor  The body of a failure is described newly.
response-error-body-removed  BEHAVIOUR minor  The body of a failure is no longer described: it is plain JSON now.
response-header-added  INFO minor  Responses have a further header.
response-header-became-required  INFO minor  A header that could be missing is always there.
response-header-type-changed  BEHAVIOUR minor  A header of a response has another type.
response-property-deprecated  INFO minor  A property of a response was deprecated.
response-property-reactivated  INFO patch  A property of a response is no longer deprecated.
response-additional-properties-changed  BEHAVIOUR minor  Further properties of a response have another type.
request-parameter-became-not-enum  INFO minor  A parameter takes any value now.
request-parameter-became-nullable  INFO minor  A parameter may be null now.
request-parameter-became-not-nullable  WIRE major  A parameter may no longer be null.
request-parameter-one-of-added  INFO minor  A parameter may be of a further type.
request-parameter-one-of-removed  WIRE major  A parameter may be of a type less.
request-parameter-discriminator-added  INFO minor  A discriminator tells the types of this parameter apart.
request-parameter-discriminator-removed  INFO minor  No discriminator tells the types of this parameter apart any more.
request-parameter-discriminator-property-name-changed  WIRE major  Another property tells the types of this parameter apart.  | the tag is sent or read under another name
request-parameter-discriminator-mapping-changed  WIRE major  A tag of this parameter selects another type.  | the same tag means another type
request-parameter-min-length-set  WIRE minor  A parameter has a least length now.
request-parameter-max-items-set  WIRE minor  A parameter has a greatest number of items now.
request-parameter-constraint-changed  WIRE minor  A parameter has another format, divisor or uniqueness, or another assertion of JSON Schema.
request-parameter-constraint-added  WIRE minor  A parameter has a new constraint, such as uniqueItems or additionalProperties: false.
request-parameter-constraint-tightened  WIRE minor  A parameter has a tighter constraint, such as a greater minProperties.
request-parameter-constraint-loosened  INFO patch  A parameter has a looser constraint.
request-parameter-constraint-removed  INFO patch  A parameter lost a constraint.
request-property-became-not-enum  INFO minor  A property of a request takes any value now.
request-property-min-length-set  WIRE minor  A property of a request has a least length now.
request-property-max-items-set  WIRE minor  A property of a request has a greatest number of items now.
request-property-max-items-decreased  WIRE major  A property of a request has a tighter greatest number of items.
request-property-max-items-increased  INFO patch  A property of a request has a looser greatest number of items, or none.
request-property-min-items-decreased  INFO patch  A property of a request has a looser least number of items, or none.
request-property-constraint-changed  WIRE minor  A property of a request has another format, divisor or uniqueness, or another assertion of JSON Schema.
request-property-constraint-added  WIRE minor  A property of a request has a new constraint, such as uniqueItems or additionalProperties: false.
request-property-constraint-tightened  WIRE minor  A property of a request has a tighter constraint, such as a greater minProperties.
request-property-constraint-loosened  INFO patch  A property of a request has a looser constraint.
request-property-constraint-removed  INFO patch  A property of a request lost a constraint.
request-body-became-not-enum  INFO minor  A request body takes any value now.
request-body-enum-value-added  INFO minor  A request body takes a further value.
request-body-pattern-added  WIRE minor  A request body must match a pattern.
request-body-pattern-changed  WIRE minor  A request body must match another pattern.
request-body-pattern-removed  INFO patch  A request body need not match a pattern any more.
request-body-min-length-set  WIRE minor  A request body has a least length now.
request-body-max-items-set  WIRE minor  A request body has a greatest number of items now.
request-body-max-items-decreased  WIRE major  A request body has a tighter greatest number of items.
request-body-max-items-increased  INFO patch  A request body has a looser greatest number of items, or none.
request-body-min-items-decreased  INFO patch  A request body has a looser least number of items, or none.
request-body-constraint-changed  WIRE minor  A request body has another format, divisor or uniqueness, or another assertion of JSON Schema.
request-body-constraint-added  WIRE minor  A request body has a new constraint, such as uniqueItems or additionalProperties: false.
request-body-constraint-tightened  WIRE minor  A request body has a tighter constraint, such as a greater minProperties.
request-body-constraint-loosened  INFO patch  A request body has a looser constraint.
request-body-constraint-removed  INFO patch  A request body lost a constraint.
response-property-type-specialized  INFO minor  A property of a response has a narrower type.
response-property-became-enum  INFO minor  A property of a response has one of some values now.
response-property-became-not-enum  INFO minor  A property of a response has any value now.  | the runtime keeps values that it does not know, and the annotation names them
response-property-became-not-nullable  INFO minor  A property of a response is never null now.
response-property-variant-added  INFO minor  A property of a response may be a further variant of a union that keeps unknown objects: with a discriminator, or of several objects.  | the runtime keeps variants that it does not know
response-property-max-decreased  INFO patch  A property of a response has a tighter maximum.
response-property-min-increased  INFO patch  A property of a response has a tighter minimum.
response-property-max-length-decreased  INFO patch  A property of a response has a tighter greatest length.
response-property-min-length-increased  INFO patch  A property of a response has a tighter least length.
response-property-max-items-decreased  INFO patch  A property of a response has a tighter greatest number of items.
response-property-max-items-increased  INFO patch  A property of a response has a looser greatest number of items, or none.  | the client never enforces constraints, so responses outside them still decode
response-property-min-items-increased  INFO patch  A property of a response has a tighter least number of items.
response-property-constraint-changed  INFO patch  A property of a response has another format, divisor or uniqueness, or another assertion of JSON Schema.
response-property-constraint-added  INFO patch  A property of a response has a new constraint, such as uniqueItems or additionalProperties: false.
response-property-constraint-tightened  INFO patch  A property of a response has a tighter constraint, such as a greater minProperties.
response-property-constraint-loosened  INFO patch  A property of a response has a looser constraint.
response-property-constraint-removed  INFO patch  A property of a response lost a constraint.
response-body-type-specialized  INFO minor  A response has a narrower type.
response-body-enum-value-added  INFO minor  A response may have a further value.  | the runtime keeps values that it does not know, and the annotation names them
response-body-enum-value-removed  INFO patch  A response no longer has a value.
response-body-became-enum  INFO minor  A response has one of some values now.
response-body-became-not-enum  INFO minor  A response has any value now.  | the runtime keeps values that it does not know, and the annotation names them
response-body-became-not-nullable  INFO minor  A response is never null now.
response-body-variant-added  INFO minor  A response may be a further variant of a union that keeps unknown objects: with a discriminator, or of several objects.  | the runtime keeps variants that it does not know
response-body-pattern-added  INFO patch  A response matches a pattern.
response-body-pattern-changed  INFO patch  A response matches another pattern.
response-body-pattern-removed  INFO patch  A response matches no pattern any more.
response-body-max-decreased  INFO patch  A response has a tighter maximum.
response-body-min-increased  INFO patch  A response has a tighter minimum.
response-body-max-length-decreased  INFO patch  A response has a tighter greatest length.
response-body-min-length-increased  INFO patch  A response has a tighter least length.
response-body-max-items-decreased  INFO patch  A response has a tighter greatest number of items.
response-body-max-items-increased  INFO patch  A response has a looser greatest number of items, or none.  | the client never enforces constraints, so responses outside them still decode
response-body-min-items-increased  INFO patch  A response has a tighter least number of items.
response-body-constraint-changed  INFO patch  A response has another format, divisor or uniqueness, or another assertion of JSON Schema.
response-body-constraint-added  INFO patch  A response has a new constraint, such as uniqueItems or additionalProperties: false.
response-body-constraint-tightened  INFO patch  A response has a tighter constraint, such as a greater minProperties.
response-body-constraint-loosened  INFO patch  A response has a looser constraint.
response-body-constraint-removed  INFO patch  A response lost a constraint.
"""

PYTHON = """
python-package-renamed  SOURCE major  The package is imported under another name.
python-client-renamed  SOURCE major  A client class has another name.
python-http-library-changed  SOURCE major  The client uses another HTTP library: `except httpx.ConnectError` no longer catches its errors.
python-group-removed  SOURCE major  A group of methods is gone from its client.
python-group-renamed  SOURCE major  A group of methods has another name.
python-group-added  INFO minor  A group of methods is new.
python-method-removed  SOURCE major  A method is gone.
python-method-renamed  SOURCE major  A method that makes the same call has another name or group.
python-method-added  INFO minor  A method is new.
python-method-call-changed  BEHAVIOUR minor  A method calls another operation.
python-method-became-deprecated  INFO minor  A method warns when it is used.
python-method-stream-changed  SOURCE major  A method gives a stream or pages and gave none, or the reverse.
python-method-return-type-changed  TYPE major  A method returns what its callers do not expect.
python-method-return-type-narrowed  INFO minor  A method returns less than it could.
python-argument-removed  SOURCE major  An argument is gone.
python-argument-renamed  SOURCE major  An argument for the same value has another name.
python-argument-added-required  SOURCE major  An argument is new and must be given.
python-argument-added-optional  INFO minor  An argument is new and may be left out.
python-argument-became-required  SOURCE major  An argument must be given now.
python-argument-became-optional  INFO minor  An argument may be left out now.
python-argument-moved  SOURCE major  A positional argument has another place in the order.
python-argument-became-keyword-only  SOURCE major  An argument can no longer be given by position.
python-argument-became-positional  INFO minor  An argument can be given by position too.
python-argument-default-changed  BEHAVIOUR minor  An argument that is left out stands for another value.
python-argument-type-narrowed  TYPE major  An argument takes fewer types than before.
python-argument-type-widened  INFO minor  An argument takes more types than before.
python-argument-type-changed  TYPE major  An argument takes other types than before.
python-class-removed  SOURCE major  A class or type is gone.
python-class-renamed  SOURCE major  A class of the same shape has another name.
python-class-added  INFO minor  A class or type is new.
python-class-kind-changed  SOURCE major  A name stands for a model and stood for a type alias, or the like.
python-class-base-removed  SOURCE major  A class no longer derives from another: isinstance is False now.
python-class-base-added  INFO minor  A class derives from a further one.
python-class-moved  SOURCE major  A class is defined in another module: imports from the module and pickles fail.
python-import-moved  SOURCE major  A name can no longer be imported from where it was.
python-import-removed  SOURCE major  A name can no longer be imported from anywhere.
python-import-added  INFO patch  A name can be imported from a further place.
python-field-removed  SOURCE major  A field is gone.
python-field-renamed  SOURCE major  A field for the same property has another name.
python-field-added  INFO minor  A field is new.
python-field-became-required  SOURCE major  A model cannot be built without a field any more.
python-field-added-required  SOURCE major  A model cannot be built without a new field.
python-field-became-optional  INFO minor  A model can be built without a field now.
python-field-default-changed  BEHAVIOUR minor  A field that is left out stands for another value.
python-field-type-widened  TYPE major  A field may hold what code that reads it does not expect, such as None.
python-field-type-narrowed  INFO minor  A field holds fewer types than before.
python-field-takes-less  TYPE major  A field of a model that users build takes fewer types than before.
python-field-takes-more  INFO minor  A field of a model that users only build takes more types than before.
python-field-type-changed  TYPE major  A field holds other types than before.
python-type-value-added  INFO minor  A choice of values has one more.  | the annotation already names values it does not know
python-type-value-removed  TYPE major  A choice of values has one less: a type checker refuses it as an argument.
python-type-value-no-longer-received  INFO minor  A choice of values that users only read has one less.
python-enum-member-removed  SOURCE major  A member of an enum class is gone.
python-type-member-added  INFO minor  A union has one more member.  | an unknown variant is already a member
python-type-member-removed  TYPE major  A union has one member less.
python-type-member-no-longer-received  INFO minor  A union that users only read has one member less.
python-type-changed  TYPE major  A type alias stands for something else.
python-error-status-changed  BEHAVIOUR minor  An error class stands for another status.
python-error-body-changed  TYPE major  The body of an error class has another type.
python-environment-removed  SOURCE major  A member of the environments is gone.
python-environment-added  INFO minor  A member of the environments is new.
python-environment-changed  BEHAVIOUR minor  A member of the environments has another URL.
"""
