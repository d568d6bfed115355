#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/ServerSocket.h>

#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <string>

// What Poco alone does with the same bytes: answers /0, /1, … with the files given.

namespace {

std::map<std::string, std::string> pages;

class Handler : public Poco::Net::HTTPRequestHandler {
public:
    void handleRequest(
        Poco::Net::HTTPServerRequest& request, Poco::Net::HTTPServerResponse& response
    ) override {
        const std::string& body = pages[request.getURI()];
        response.setContentType("application/json");
        response.sendBuffer(body.data(), body.size());
    }
};

class Factory : public Poco::Net::HTTPRequestHandlerFactory {
public:
    Poco::Net::HTTPRequestHandler* createRequestHandler(const Poco::Net::HTTPServerRequest&)
        override {
        return new Handler;
    }
};

}  // namespace

int main(int count, char** files) {
    for (int i = 1; i < count; ++i) {
        std::ifstream file(files[i], std::ios::binary);
        pages["/" + std::to_string(i - 1)] =
            std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    auto* params = new Poco::Net::HTTPServerParams;
    params->setMaxThreads(256);
    params->setMaxKeepAliveRequests(0);
    Poco::ThreadPool threads(16, 256);
    const Poco::Net::ServerSocket socket(Poco::Net::SocketAddress("127.0.0.1", 0), 1024);
    Poco::Net::HTTPServer server(new Factory, threads, socket, params);
    server.start();
    std::cout << "http://127.0.0.1:" << socket.address().port() << "/" << std::endl;
    std::string line;
    std::getline(std::cin, line);
    server.stopAll();
    return 0;
}
