#include <web/server/http_status.h>

namespace jicai::web {

std::string_view status_line(int status) {
    switch (status) {
        case 200:
            return "200 OK\r\n";
        case 201:
            return "201 Created\r\n";
        case 202:
            return "202 Accepted\r\n";
        case 204:
            return "204 No Content\r\n";
        case 304:
            return "304 Not Modified\r\n";
        case 400:
            return "400 Bad Request\r\n";
        case 401:
            return "401 Unauthorized\r\n";
        case 403:
            return "403 Forbidden\r\n";
        case 404:
            return "404 Not Found\r\n";
        case 405:
            return "405 Method Not Allowed\r\n";
        case 409:
            return "409 Conflict\r\n";
        case 413:
            return "413 Content Too Large\r\n";
        case 414:
            return "414 URI Too Long\r\n";
        case 415:
            return "415 Unsupported Media Type\r\n";
        case 422:
            return "422 Unprocessable Content\r\n";
        case 429:
            return "429 Too Many Requests\r\n";
        case 431:
            return "431 Request Header Fields Too Large\r\n";
        case 503:
            return "503 Service Unavailable\r\n";
        default:
            return "500 Internal Server Error\r\n";
    }
}

}  // namespace jicai::web
