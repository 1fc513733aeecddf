"""Operations to endpoints: parameters, bodies, responses, errors, servers and security."""
