import FetchCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

// Rules about the responses that the transport returns.
extension TransportRule {
    /// A response with any status is returned.
    public static let status = Self(
        "status",
        "A response with any status is returned. An error status isn't an error of the transport."
    ) { trial in
        for status in [200, 201, 202, 203, 206, 226, 300, 400, 402, 403, 404, 408, 418, 429, 451, 500, 503, 529, 599] {
            let sent = FetchResponse(status: status, headers: ["Retry-After": "0"], body: Data("text".utf8))
            let received = try await trial.received(.response(sent))
            trial.expect(
                received?.status == status && received?.body == sent.body,
                "\(sent)",
                observed: received?.description ?? "no response"
            )
        }
    }

    /// A redirect is returned and not followed.
    public static let redirects = Self(
        "redirects",
        "A redirect is returned as it is. It isn't followed, since that would send the key to another URL."
    ) { trial in
        let targetScript = LoopbackScript([.json("{}")])
        let target = try LoopbackServer(playing: targetScript)
        defer { target.stop() }
        for status in [301, 302, 303, 307, 308] {
            for location in ["\(target.url.absoluteString)/next", "/next", "next", "http://", ""] {
                let script = LoopbackScript([.json("{}", status: status, headers: ["Location": location]), .json("{}")])
                let received = try await trial.received(script)
                trial.expect(
                    received?.status == status && received?.headers["Location"] == location
                        && script.requests.count == 1,
                    "the response \(status) to one request",
                    observed: "\(received?.description ?? "no response") to \(script.requests.count) requests"
                )
            }
        }
        trial.expect(
            targetScript.requests.isEmpty,
            "no request to the target",
            observed: "\(targetScript.requests.count)"
        )
    }

    /// An authentication challenge is returned and not answered.
    public static let challenges = Self(
        "challenges",
        "A 401 or 407 is returned as it is. The request isn't repeated, and no stored credential is used."
    ) { trial in
        let challenges = [
            (401, "WWW-Authenticate", "Basic realm=\"x\""), (401, "WWW-Authenticate", "Negotiate"),
            (401, "WWW-Authenticate", "Digest realm=\"x\", nonce=\"y\", qop=\"auth\""),
            (407, "Proxy-Authenticate", "Basic realm=\"x\""),
        ]
        for (status, name, challenge) in challenges {
            let script = LoopbackScript([.json("{}", status: status, headers: [name: challenge])])
            let received = try await trial.received(script)
            trial.expect(
                received?.status == status && received?.headers[name] == challenge && script.requests.count == 1,
                "the response \(status) to one request, with \(name)",
                observed: "\(received?.description ?? "no response") to \(script.requests.count) requests"
            )
        }
    }

    /// Cookies aren't stored.
    public static let cookies = Self("cookies", "A transport stores no cookies between requests.") { trial in
        let script = LoopbackScript([.json("{}", headers: ["Set-Cookie": "session=1; Path=/"])])
        let server = try LoopbackServer(playing: script)
        defer { server.stop() }
        for _ in 0..<2 { _ = await trial.response(to: trial.request(server), "that sets a cookie") }
        let hasCookie = script.requests.contains { $0.headers["Cookie"] != nil }
        trial.expect(!hasCookie, "no cookie with the second request", observed: "a cookie")
    }

    /// Responses aren't cached.
    public static let cache = Self(
        "cache",
        "A transport doesn't cache. Each request is sent to the server without conditions."
    ) { trial in
        let headers: HeaderFields = [
            "Cache-Control": "public, max-age=3600", "ETag": "\"1\"", "Last-Modified": "Sun, 06 Nov 1994 08:49:37 GMT",
        ]
        let script = LoopbackScript([.json("1", headers: headers), .json("2", headers: headers)])
        let server = try LoopbackServer(playing: script)
        defer { server.stop() }
        for body in ["1", "2"] {
            let response = await trial.response(to: trial.request(server, method: .get), "that may be cached")
            let received = response.map { String(decoding: $0.body, as: UTF8.self) }
            trial.expect(received == body, "the body \(body)", observed: received ?? "no response")
        }
        let isConditional = script.requests.contains {
            $0.headers["If-None-Match"] != nil || $0.headers["If-Modified-Since"] != nil
        }
        trial.expect(!isConditional, "no conditions", observed: "If-None-Match or If-Modified-Since")
    }

    /// A response without a body is complete after its header fields.
    public static let noContent = Self(
        "noContent",
        "204, 304 and responses to HEAD end after their header fields, whatever length they announce."
    ) { trial in
        let cases: [(RequestMethod, Int)] = [
            (.post, 204), (.get, 304), (RequestMethod("HEAD"), 200), (RequestMethod("HEAD"), 404),
        ]
        for (method, status) in cases {
            let script = LoopbackScript([
                .response(FetchResponse(status: status, headers: ["ETag": "\"1\""], body: Data("text".utf8))),
                .json("{}"),
            ])
            let server = try LoopbackServer(playing: script)
            defer { server.stop() }
            let received = await trial.response(
                to: trial.request(server, method: method),
                "of status \(status) to \(method)"
            )
            trial.expect(
                received.map { $0.status == status && $0.body.isEmpty } ?? false,
                "\(status) without a body",
                observed: received?.description ?? "no response"
            )
            let next = await trial.response(to: trial.request(server), "after \(status) to \(method)")
            trial.expect(next?.status == 200, "200 for the next request", observed: next?.description ?? "no response")
        }
    }

    /// Informational responses are skipped.
    public static let informational = Self(
        "informational",
        "Responses 100, 102 and 103 before the final response are skipped."
    ) { trial in
        let faults: [LoopbackFault] = [
            .preceded(by: 100), .preceded(by: 102), .preceded(by: 103), .preceded(by: 100, 102, 103, 103),
        ]
        for fault in faults {
            let received = try await trial.received(.fault(fault, in: .json("1")))
            trial.expect(
                received?.status == 200 && received?.body == Data("1".utf8),
                "200 and its body after informational responses",
                observed: received?.description ?? "no response"
            )
        }
    }
}

extension TransportTrial {
    /// Sends one request to a server that plays a script and returns the response.
    func received(_ script: LoopbackScript, _ makeRequest: ((LoopbackServer) -> FetchRequest)? = nil) async throws
        -> FetchResponse?
    {
        let server = try LoopbackServer(playing: script)
        defer { server.stop() }
        return await response(to: makeRequest?(server) ?? request(server), "from a server that responds")
    }

    /// Sends one request to a server with this response and returns the response.
    func received(_ response: LoopbackResponse, _ makeRequest: ((LoopbackServer) -> FetchRequest)? = nil) async throws
        -> FetchResponse?
    {
        try await received(LoopbackScript([response]), makeRequest)
    }
}
