"""What `tests/test_serve_http.py` puts behind the server: says what reached it."""

import json


def application(environ, start_response):
    """Answers with the method, the length of the body and every header that came through."""
    body = environ["wsgi.input"].read()
    headers = {name: value for name, value in environ.items() if name.startswith("HTTP_")}
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps({"method": environ["REQUEST_METHOD"], "length": len(body), "headers": headers}).encode()]
