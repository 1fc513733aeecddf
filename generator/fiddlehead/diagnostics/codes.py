"""The table of the codes of diagnostics."""

from __future__ import annotations

from ..frozen import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """The meaning of a code."""

    meaning: str
    required: bool = False
    """Whether the problem prevents reading the description or writing the output.

    Such a problem is an error. Any other problem is a warning, which affects only one part of the
    client.
    """


def _required(meaning: str) -> Code:
    return Code(meaning, required=True)


CODES: dict[str, Code] = {
    "alias-bomb": _required("YAML aliases expand to too many values."),
    "ambiguous-union": Code("The members of a union cannot be distinguished by their properties."),
    "bad-config": _required("A setting has a value that is not allowed."),
    "bad-default": Code("A default is not valid for its type."),
    "bad-extension": Code("An extension (`x-…`) has an invalid value."),
    "bad-overlay": _required("An overlay or an override cannot be applied."),
    "bad-header": Code("A name is not a valid name of an HTTP header or cookie."),
    "bad-parameter": Code("A parameter has no name or no valid location."),
    "bad-template": _required("A custom template is invalid."),
    "bad-path": Code("A path does not start with a slash, or has invalid braces."),
    "bad-reference": Code("A reference is not valid (RFC 6901, or Fern's syntax)."),
    "bad-security-scheme": Code(
        "A security scheme has an unknown type, or a required key is missing."
    ),
    "bad-server": Code("A server has no URL, or a URL with undeclared variables."),
    "bad-status": Code("A key of `responses` is not an HTTP status."),
    "bad-value": Code("A value is not allowed by the specification."),
    "conflict-markers": _required("A file has conflict markers of git."),
    "conflicting-allof": Code("The parts of an `allOf` contradict each other."),
    "discriminator": Code("A discriminator does not match the members of its union."),
    "duplicate-argument": Code("Two parameters of an operation have the same argument name."),
    "duplicate-key": Code("A mapping has a duplicate key, which YAML 1.2 forbids."),
    "duplicate-name": Code("Two elements of the description have the same Python name."),
    "duplicate-operation": Code("Two operations have the same method name."),
    "duplicate-operation-id": Code("Two operations have the same `operationId`."),
    "duplicate-parameter": Code("An operation declares a parameter twice."),
    "empty-enum": Code("An enum has no values."),
    "empty-union": Code("A union has no members."),
    "example-too-large": Code("An example expands to too many values."),
    "hidden-package": Code("The package has the name of a module of the standard library."),
    "ignored-setting": Code("A setting has no effect here."),
    "invalid-yaml": _required("The file is not YAML 1.2 or JSON."),
    "misplaced-extension": Code("An extension is on an object where it has no effect."),
    "misplaced-reference": Code("A `$ref` is in a place where OpenAPI allows no reference."),
    "missing-audience-type": Code(
        "A type is excluded by the audiences, but an included element uses it."
    ),
    "missing-file": _required("A file cannot be read."),
    "name-moved": Code("A name of the existing package changes."),
    "missing-key": Code("A required key is missing."),
    "no-name": _required("A name in the description cannot be converted to a Python name."),
    "not-a-description": _required("The file is not a description in a supported format."),
    "not-expressible": Code("The construct has no counterpart in the generated client."),
    "outdated-keyword": Code("A keyword is of an older version of the specification."),
    "output-conflict": _required("The output folder has files that fiddlehead did not write."),
    "reference-loop": Code("References form a cycle and never resolve to a value."),
    "remote-reference": Code("A reference is a URL, which is not fetched."),
    "required-without-property": Code("A required property is not defined."),
    "schema-too-deep": Code("A schema is nested too deeply."),
    "too-deep": _required("Values are nested too deeply."),
    "undeclared-path-parameter": Code("A path has a parameter in braces that is not declared."),
    "undefined-type": Code("A type is not defined in any file."),
    "unresolved-import": Code("A Fern file imports a file that cannot be imported."),
    "undefined-style": Code(
        "The style of a parameter does not define how its nested value is written."
    ),
    "unknown-key": Code("A key is not known."),
    "unknown-security-scheme": Code(
        "A security requirement refers to a scheme that is not declared."
    ),
    "unknown-type": Code("A type is not known to the specification."),
    "unreadable-auth": _required(
        "A Fern `auth` refers to a scheme that cannot be read, so no credential would be sent."
    ),
    "unresolved-reference": Code("The target of a reference does not exist."),
    "unsupported-version": _required("The version of the specification is not supported."),
    "unused-path-parameter": Code("A declared path parameter is not in the path."),
    "unused-setting": Code("A setting refers to an element that is not in the description."),
    "upload-without-file": Code("A multipart upload has no file."),
    "wrong-type": Code("A value has the wrong JSON type."),
}
"""Every code of a diagnostic, with its meaning."""
