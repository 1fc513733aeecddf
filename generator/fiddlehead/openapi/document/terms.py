"""What messages call the parts of a description: the words of OpenAPI 3, or of Swagger 2.0."""

from __future__ import annotations

from ...frozen import dataclass


@dataclass(frozen=True, slots=True)
class Terms:
    """The words of one version."""

    security_schemes: str
    scheme_types: str
    key_places: str
    parameter_places: str
    no_host: str
    no_variables: str
    """With `{name}`: a hint about a variable in the URL of a server."""
    style: str
    """With `{style}`: how arrays and objects in parameters are written."""
    nesting: str
    """A hint about values that no style defines."""


OPENAPI = Terms(
    security_schemes="components.securitySchemes",
    scheme_types="apiKey, http, mutualTLS, oauth2 and openIdConnect",
    key_places="header, query or cookie",
    parameter_places="path, query, header and cookie",
    no_host="write the full URL; a client without a server requires 'base_url'",
    no_variables="add variables: {{{name}: {{default: …}}}}",
    style="the style '{style}'",
    nesting="styles define scalars, arrays of scalars and objects of scalars;"
    " content: {application/json: {schema: …}} sends any value",
)
SWAGGER = Terms(
    security_schemes="securityDefinitions",
    scheme_types="apiKey, basic and oauth2",
    key_places="header or query",
    parameter_places="path, query, header, body and formData",
    no_host="add 'host'; a client without a server requires 'base_url'",
    no_variables="replace '{{{name}}}' by its value; a client without a server requires 'base_url'",
    style="a collectionFormat",
    nesting="Swagger 2.0 defines scalars and arrays of scalars",
)
