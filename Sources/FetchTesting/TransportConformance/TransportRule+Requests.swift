import FetchCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

// What arrives at the server.
extension TransportRule {
    /// The request's method arrives, whatever it is.
    public static let method = Self("method", "A request's method is sent as it is, also one without a constant.") {
        trial in
        for name in ["GET", "POST", "PUT", "PATCH", "DELETE", "PURGE"] {
            let method = RequestMethod(name)
            let arrived = try await trial.arrival { trial.request($0, method: method) }
            trial.expect(arrived?.method == method, "\(name)", saw: arrived.map { "\($0.method)" } ?? "no request")
        }
    }

    /// The URL's path and query arrive byte for byte.
    public static let url = Self(
        "url",
        "Path and query are sent as they are: no percent-encoding is added, removed or changed."
    ) { trial in
        try await trial.expectTargets(
            "/",
            "/plain",
            "/a%2Fb",
            "/a%2fb",
            "/%7Euser",
            "/a%20b",
            "/%C3%BC",
            "/a//b/",
            "/a;v=1,2",
            "/:@!$&'()*+",
            "/?",
            "/?a=1&a=2&b",
            "/?q=a+b%2Bc%20d",
            "/?a=/?:@",
            "/?a=%26%3D"
        )
    }

    /// Dot segments of the path arrive.
    public static let dotSegments = Self(
        "dotSegments",
        "The segments . and .. of a path are sent as they are, and not resolved."
    ) { trial in
        try await trial.expectTargets("/a/../b/./c", "/a/..", "/./a")
    }

    /// Header fields arrive with their values.
    public static let requestFields = Self(
        "requestFields",
        "Each header field of a request is sent once, with its value as it is, also one that the HTTP library has a value for."
    ) { trial in
        let fields: HeaderFields = [
            "Content-Type": "application/json; charset=utf-8", "Accept": "application/json",
            "User-Agent": "lantern/1.0",
            "Authorization": "Bearer \(TransportTrial.canary)", "X-Punctuation": #"a,b;c="d e"  f"#,
            "X-Long": String(repeating: "x", count: 8_000),
        ]
        let arrived = try await trial.arrival { trial.request($0, headers: fields) }
        for field in fields.fields {
            let values = arrived?.headers.values(of: field.name) ?? []
            trial.expect(values == [field.value], "\(field.name): \(field.value)", saw: "\(values)")
        }
    }

    /// Repeated header fields arrive apart.
    public static let repeatedRequestFields = Self(
        "repeatedRequestFields",
        "Header fields of one name are sent as separate fields, in their order."
    ) { trial in
        let fields: HeaderFields = ["X-Tag": "one", "X-Other": "1", "X-Tag": "two, three"]
        let arrived = try await trial.arrival { trial.request($0, headers: fields) }
        let values = arrived?.headers.values(of: "X-Tag") ?? []
        trial.expect(values == ["one", "two, three"], "the fields one and “two, three”", saw: "\(values)")
    }

    /// A header field without a value arrives.
    public static let emptyRequestField = Self(
        "emptyRequestField",
        "A header field whose value is empty is sent, with an empty value."
    ) { trial in
        let arrived = try await trial.arrival { trial.request($0, headers: ["X-Empty": "", "X-Full": "1"]) }
        let values = arrived?.headers.values(of: "X-Empty") ?? []
        trial.expect(values == [""], "a field with an empty value", saw: "\(values)")
    }

    /// The body arrives byte for byte.
    public static let requestBody = Self(
        "requestBody",
        "A body is sent as it is, whatever its bytes and its size; without a body none is sent."
    ) { trial in
        let bodies = [nil, Data(), Data("x".utf8), Data(UInt8.min...UInt8.max), Data(repeating: 7, count: 2 << 20)]
        for method in [RequestMethod.post, RequestMethod("PUT")] {
            for body in bodies {
                let arrived = try await trial.arrival { trial.request($0, method: method, body: body) }
                let expected = body.flatMap { $0.isEmpty ? nil : $0 }
                trial.expect(
                    arrived != nil && arrived?.body == expected,
                    "a body of \(expected?.count ?? 0) bytes with \(method)",
                    saw: arrived.map { "\($0.body?.count ?? 0) bytes" } ?? "no request"
                )
            }
        }
    }

    /// A body is sent with GET too.
    public static let bodyWithGet = Self(
        "bodyWithGet",
        "A body is sent with GET as well. A transport that can't do that throws malformedEndpoint and is excepted from this rule."
    ) { trial in
        let body = Data(#"{"id":1}"#.utf8)
        let arrived = try await trial.arrival { server in
            var request = trial.request(server, method: .get)
            request.body = body
            return request
        }
        trial.expect(
            arrived?.body == body,
            "a body of \(body.count) bytes with GET",
            saw: arrived.map { "\($0.body?.count ?? 0) bytes" } ?? "no request"
        )
    }

    /// Nothing arrives that says more than the request.
    public static let nothingAdded = Self(
        "nothingAdded",
        "A transport adds what HTTP needs, and neither credentials nor cookies, conditions, origins or traces."
    ) { trial in
        let unwanted = [
            "Authorization", "Proxy-Authorization", "Cookie", "Referer", "Origin", "Range", "If-None-Match",
            "If-Modified-Since", "Upgrade", "Traceparent", "Baggage", "X-Request-ID",
        ]
        for method in [RequestMethod.get, .post] {
            let arrived = try await trial.arrival { trial.request($0, method: method) }
            for name in unwanted where arrived?.headers[name] != nil {
                trial.note("no field \(name) with \(method)", saw: "one")
            }
            for name in ["Host", "Content-Type", "Content-Length", "User-Agent", "Accept"] {
                let count = arrived?.headers.values(of: name).count ?? 0
                trial.expect(count <= 1, "at most one field \(name) with \(method)", saw: "\(count)")
            }
        }
    }
}

extension TransportTrial {
    /// Expects that each path and query arrives as it is.
    fileprivate func expectTargets(_ targets: String...) async throws {
        for target in targets {
            let arrived = try await arrival { request($0, target, method: .get) }
            let seen = arrived.map { $0.url.absoluteString.removingOrigin } ?? "no request"
            expect(seen == target, "the target \(target)", saw: seen)
        }
    }

    /// Sends a request to a server that accepts everything, and returns what arrived there; nil if nothing did, or the transport
    /// returned no response.
    func arrival(_ makeRequest: (LoopbackServer) -> FetchRequest) async throws -> FetchRequest? {
        let script = LoopbackScript([.json("{}")])
        let server = try LoopbackServer(playing: script)
        defer { server.stop() }
        let request = makeRequest(server)
        guard await response(to: request, "to \(request.method)") != nil else { return nil }
        return script.requests.first
    }
}

extension HeaderFields {
    /// All values of that name.
    func values(of name: String) -> [String] {
        fields.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }
}

extension String {
    /// The path and the query of an absolute URL.
    fileprivate var removingOrigin: String {
        split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).dropFirst(3).first.map { "/\($0)" }
            ?? self
    }
}
