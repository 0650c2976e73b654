#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

extension ConformanceRun {
    func sampleViolations() -> [ConformanceViolation] {
        guard Set(ids).count < 2 else { return [] }
        return [ConformanceViolation(.sampleIDs, "Pass at least two different ids in the provider's format.")]
    }

    func requestViolations() async throws -> [ConformanceViolation] {
        var violations: [ConformanceViolation] = []
        var idsByRequest: [FetchRequest: Endpoint.ID] = [:]
        for id in ids {
            violations += textViolations(of: id)
            switch try await request(for: id) {
            case .failure(let error):
                violations.append(
                    ConformanceViolation(.request, "The id “\(id)” produces no request. \(error)\(keyRemedy)")
                )
            case .success(let request):
                if let other = idsByRequest.updateValue(id, forKey: request), other != id {
                    violations.append(
                        ConformanceViolation(
                            .distinctRequests,
                            "The ids “\(other)” and “\(id)” produce the same request, \(request)."
                        )
                    )
                }
                violations += [methodViolation(request), try await byNameViolation(id, request)].compactMap(\.self)
                if id == ids.first { violations += [missingBodyViolation(request)].compactMap(\.self) }
                violations += urlLookupViolations(id, request)
            }
        }
        return violations + (try await followUpViolations())
    }

    private func followUpViolations() async throws -> [ConformanceViolation] {
        guard let id = ids.first else { return [] }
        var violations: [ConformanceViolation] = []
        for fixture in fixtures {
            violations += try await poll(id, fixture.responses).requests.dropFirst().compactMap(methodViolation)
        }
        return violations
    }

    private func textViolations(of id: Endpoint.ID) -> [ConformanceViolation] {
        var violations: [ConformanceViolation] = []
        let text = id.description
        func report(_ explanation: String) { violations.append(ConformanceViolation(.idText, explanation)) }
        if Endpoint.ID(text).map({ $0 == id && $0.description == text }) != true {
            let parsed = Endpoint.ID(text).map { "“\($0)”" } ?? "nil"
            report("The id “\(text)” is parsed as \(parsed). init(_:) must parse every description.")
        }
        do throws(FetchError) {
            let values = try endpoint.idForm.values(of: text)
            if endpoint.idForm.id(of: values) != text {
                report("The id “\(text)” can't be assembled from its parts. Check idForm, \(endpoint.idForm).")
            }
        } catch {
            report("The id “\(text)” can't be split into its parts. \(error)")
        }
        do throws(FetchError) {
            let reference = try JobReference(endpoint: endpoint.name, id: text)
            if try JobReference(reference.description) != reference {
                report("The job reference \(reference) is parsed as another reference.")
            }
        } catch {
            report("The id “\(text)” can't be stored in a job reference. \(error)")
        }
        return violations
    }

    private func methodViolation(_ request: FetchRequest) -> ConformanceViolation? {
        guard request.body != nil, ["GET", "HEAD"].contains(request.method.description) else { return nil }
        return ConformanceViolation(
            .methodAndBody,
            "\(request) has a body, which servers ignore. Use POST, or send "
                + "\(endpoint.authorization.isInBody ? "the key in a header" : "no body")."
        )
    }

    private func missingBodyViolation(_ request: FetchRequest) -> ConformanceViolation? {
        guard request.body == nil, ["POST", "PUT", "PATCH"].contains(request.method.description) else { return nil }
        return ConformanceViolation(
            .missingBody,
            "\(request) has no body. The function is func body(for id: \(Endpoint.ID.self)) throws -> RequestBody?; "
                + "one with another return type is ignored. If the provider wants no body, pass except: [.missingBody]."
        )
    }

    /// The advice for a signature that may need a key of another form. Empty for other endpoints.
    private var keyRemedy: String {
        guard case .signed = endpoint.authorization, hasDefaultKey else { return "" }
        return " If the signature needs a key of a certain form, pass one as key:."
    }

    /// Returns a violation if polling by name sends another request than polling by type.
    private func byNameViolation(_ id: Endpoint.ID, _ request: FetchRequest) async throws -> ConformanceViolation? {
        let transport = ScriptedTransport([.json("{}")], clock: clock)
        do {
            let job = try JobReference(endpoint: endpoint.name, id: id.description)
            _ = try await client(transport).fetch(job)
        } catch let error as FetchError where transport.requests.isEmpty {
            return ConformanceViolation(.request, "The id “\(id)” can't be polled by name. \(error)")
        } catch is FetchError {
            // Other rules check the decoding of the response.
        }
        guard transport.requests.first != request else { return nil }
        return ConformanceViolation(
            .request,
            "Polling the job “\(id)” by name sends another request than polling it by type."
        )
    }

    private func urlLookupViolations(_ id: Endpoint.ID, _ request: FetchRequest) -> [ConformanceViolation] {
        guard urlIdentifies(id) else { return [] }
        // A name conflict has already been reported.
        let registry = others.adding(endpoint) ?? EndpointRegistry().adding(endpoint) ?? EndpointRegistry()
        let url = withoutKey(request.url)
        let found = registry.reference(for: url)
        guard found?.endpoint != endpoint.name || found?.id != id.description else { return [] }
        if let found, found.endpoint != endpoint.name {
            return [
                ConformanceViolation(
                    .noConflicts,
                    "The URL of the job “\(id)” belongs to \(found.endpoint). Two endpoints can't share a URL."
                )
            ]
        }
        return [
            ConformanceViolation(
                .resolvableURL,
                "For the URL of the job “\(id)” the registry finds \(found.map { "“\($0.id)”" } ?? "no job"). "
                    + lookupRemedy(id)
            )
        ]
    }

    private func lookupRemedy(_ id: Endpoint.ID) -> String {
        guard id is PollingURL else { return "Check idForm and the text around the placeholders of the path." }
        return "The path \(endpoint.path) follows the path of the base URL, \(endpoint.baseURL.absoluteString). "
            + "Declare only what follows that, or no path: then the registry finds no job by its URL."
    }

    /// Returns true if the request's URL contains all parts of the id.
    func urlIdentifies(_ id: Endpoint.ID) -> Bool {
        if id is PollingURL { return !endpoint.path.rawValue.isEmpty }
        let names = Set(PlaceholderSyntax.names(in: endpoint.path.rawValue))
        guard let values = try? endpoint.idForm.values(of: id.description) else { return false }
        return endpoint.idForm.id(of: values.only(names)) != nil
    }

    /// Returns a request's URL without the key's query item, which is its last one.
    func withoutKey(_ url: URL) -> URL {
        guard case .query(let name) = endpoint.authorization else { return url }
        let item = PercentEncoding.encode(name) + "=" + PercentEncoding.encode(key.secret)
        let text = url.absoluteString
        guard text.hasSuffix(item) else { return url }
        return URL(string: String(text.dropLast(item.count + 1))) ?? url
    }
}

extension EndpointRegistry {
    /// Returns the registry with one more endpoint, or `nil` if the endpoint can't be registered.
    func adding(_ endpoint: some FetchEndpoint) -> Self? {
        var registry = self
        guard (try? registry.register(endpoint)) != nil else { return nil }
        return registry
    }
}

extension Authorization {
    fileprivate var isInBody: Bool {
        if case .jsonBody = self { true } else { false }
    }
}
