import FetchCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

// Rules about the request that the server receives.
extension TransportRule {
    /// The request's method is sent unchanged.
    public static let method = Self("method", "A request's method is sent unchanged, including custom methods.") {
        trial in
        for name in ["GET", "POST", "PUT", "PATCH", "DELETE", "PURGE"] {
            let method = RequestMethod(name)
            let received = try await trial.receivedRequest { trial.request($0, method: method) }
            trial.expect(
                received?.method == method,
                "\(name)",
                observed: received.map { "\($0.method)" } ?? "no request"
            )
        }
    }

    /// The URL's path and query are sent byte for byte.
    public static let url = Self(
        "url",
        "The path and the query are sent unchanged. No percent-encoding is added, removed or changed."
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

    /// Dot segments of the path are sent.
    public static let dotSegments = Self(
        "dotSegments",
        "The segments . and .. of a path are sent and not resolved."
    ) { trial in
        try await trial.expectTargets("/a/../b/./c", "/a/..", "/./a")
    }

    /// Header fields of requests are sent with unchanged values.
    public static let requestFields = Self(
        "requestFields",
        "Each header field of a request is sent once and unchanged, even if the HTTP library has its own value for it."
    ) { trial in
        let fields: HeaderFields = [
            "Content-Type": "application/json; charset=utf-8", "Accept": "application/json",
            "User-Agent": "lantern/1.0",
            "Authorization": "Bearer \(TransportTrial.canary)", "X-Punctuation": #"a,b;c="d e"  f"#,
            "X-Long": String(repeating: "x", count: 8_000),
        ]
        let received = try await trial.receivedRequest { trial.request($0, headers: fields) }
        for field in fields.fields {
            let values = received?.headers.values(of: field.name) ?? []
            trial.expect(values == [field.value], "\(field.name): \(field.value)", observed: "\(values)")
        }
    }

    /// Repeated header fields of requests are sent separately.
    public static let repeatedRequestFields = Self(
        "repeatedRequestFields",
        "Header fields with the same name are sent as separate fields, in their order."
    ) { trial in
        let fields: HeaderFields = ["X-Tag": "one", "X-Other": "1", "X-Tag": "two, three"]
        let received = try await trial.receivedRequest { trial.request($0, headers: fields) }
        let values = received?.headers.values(of: "X-Tag") ?? []
        trial.expect(values == ["one", "two, three"], "the fields one and “two, three”", observed: "\(values)")
    }

    /// A header field with an empty value is sent.
    public static let emptyRequestField = Self(
        "emptyRequestField",
        "A header field with an empty value is sent with an empty value."
    ) { trial in
        let received = try await trial.receivedRequest { trial.request($0, headers: ["X-Empty": "", "X-Full": "1"]) }
        let values = received?.headers.values(of: "X-Empty") ?? []
        trial.expect(values == [""], "a field with an empty value", observed: "\(values)")
    }

    /// The request's body is sent byte for byte.
    public static let requestBody = Self(
        "requestBody",
        "A body is sent unchanged, whatever its bytes and its size. A request without a body is sent without one."
    ) { trial in
        let bodies = [nil, Data(), Data("x".utf8), Data(UInt8.min...UInt8.max), Data(repeating: 7, count: 2 << 20)]
        for method in [RequestMethod.post, RequestMethod("PUT")] {
            for body in bodies {
                let received = try await trial.receivedRequest { trial.request($0, method: method, body: body) }
                let expected = body.flatMap { $0.isEmpty ? nil : $0 }
                trial.expect(
                    received != nil && received?.body == expected,
                    "a body of \(expected?.count ?? 0) bytes with \(method)",
                    observed: received.map { "\($0.body?.count ?? 0) bytes" } ?? "no request"
                )
            }
        }
    }

    /// A body is also sent with GET.
    public static let bodyWithGet = Self(
        "bodyWithGet",
        "A body is also sent with GET. A transport that can't do that must throw malformedEndpoint, and excludes "
            + "this rule."
    ) { trial in
        let body = Data(#"{"id":1}"#.utf8)
        let received = try await trial.receivedRequest { server in
            var request = trial.request(server, method: .get)
            request.body = body
            return request
        }
        trial.expect(
            received?.body == body,
            "a body of \(body.count) bytes with GET",
            observed: received.map { "\($0.body?.count ?? 0) bytes" } ?? "no request"
        )
    }

    /// No header fields are added except those that HTTP requires.
    public static let nothingAdded = Self(
        "nothingAdded",
        "A transport adds only header fields that HTTP requires: no credentials, cookies, conditions, origins or "
            + "traces."
    ) { trial in
        let unwanted = [
            "Authorization", "Proxy-Authorization", "Cookie", "Referer", "Origin", "Range", "If-None-Match",
            "If-Modified-Since", "Upgrade", "Traceparent", "Baggage", "X-Request-ID",
        ]
        for method in [RequestMethod.get, .post] {
            let received = try await trial.receivedRequest { trial.request($0, method: method) }
            for name in unwanted where received?.headers[name] != nil {
                trial.record("no field \(name) with \(method)", observed: "such a field")
            }
            for name in ["Host", "Content-Type", "Content-Length", "User-Agent", "Accept"] {
                let count = received?.headers.values(of: name).count ?? 0
                trial.expect(count <= 1, "at most one field \(name) with \(method)", observed: "\(count)")
            }
        }
    }
}

extension TransportTrial {
    /// Sends requests with these targets and expects that the server receives them unchanged.
    fileprivate func expectTargets(_ targets: String...) async throws {
        for target in targets {
            let received = try await receivedRequest { request($0, target, method: .get) }
            let observed = received.map { $0.url.absoluteString.removingOrigin } ?? "no request"
            expect(observed == target, "the target \(target)", observed: observed)
        }
    }

    /// Sends a request to a server that accepts all requests and returns the request that the server received. Returns
    /// `nil` if it received none or the transport returned no response.
    func receivedRequest(_ makeRequest: (LoopbackServer) -> FetchRequest) async throws -> FetchRequest? {
        let script = LoopbackScript([.json("{}")])
        let server = try LoopbackServer(playing: script)
        defer { server.stop() }
        let request = makeRequest(server)
        guard await response(to: request, "to \(request.method)") != nil else { return nil }
        return script.requests.first
    }
}

extension HeaderFields {
    /// Returns all values of the fields with this name.
    func values(of name: String) -> [String] {
        fields.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }
}

extension String {
    /// The path and query of an absolute URL.
    fileprivate var removingOrigin: String {
        split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).dropFirst(3).first.map { "/\($0)" }
            ?? self
    }
}
