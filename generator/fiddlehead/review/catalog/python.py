"""The rules about Python code."""

# Each rule is one line, so lines may be long.

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
