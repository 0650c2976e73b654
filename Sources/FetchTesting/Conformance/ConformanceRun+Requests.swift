#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

extension ConformanceRun {
    func sampleViolations() -> [ConformanceViolation] {
        guard Set(ids).count < 2 else { return [] }
        return [ConformanceViolation(.sampleIDs, "Pass at least two different ids, as the provider gives them.")]
    }

    func requestViolations() async throws -> [ConformanceViolation] {
        var violations: [ConformanceViolation] = []
        var idsByRequest: [FetchRequest: Endpoint.ID] = [:]
        for id in ids {
            violations += textViolations(of: id)
            switch try await request(for: id) {
            case .failure(let error):
                violations.append(ConformanceViolation(.request, "There is no request for the id “\(id)”. \(error)"))
            case .success(let request):
                if let other = idsByRequest.updateValue(id, forKey: request), other != id {
                    violations.append(
                        ConformanceViolation(
                            .distinctRequests,
                            "The ids “\(other)” and “\(id)” make the same request, \(request)."
                        )
                    )
                }
                violations += [methodViolation(request), try await byNameViolation(id, request)].compactMap(\.self)
                violations += returnViolations(id, request)
            }
        }
        return violations + (try await followUpViolations())
    }

    private func followUpViolations() async throws -> [ConformanceViolation] {
        guard let id = ids.first else { return [] }
        var violations: [ConformanceViolation] = []
        for fixture in fixtures {
            violations += try await ask(id, fixture.responses).requests.dropFirst().compactMap(methodViolation)
        }
        return violations
    }

    private func textViolations(of id: Endpoint.ID) -> [ConformanceViolation] {
        var violations: [ConformanceViolation] = []
        let text = id.description
        func note(_ explanation: String) { violations.append(ConformanceViolation(.idText, explanation)) }
        if Endpoint.ID(text).map({ $0 == id && $0.description == text }) != true {
            let read = Endpoint.ID(text).map { "“\($0)”" } ?? "nothing"
            note("The text “\(text)” of an id is read as \(read). Make init(_:) read what description writes.")
        }
        do throws(FetchError) {
            let values = try endpoint.idForm.values(of: text)
            if endpoint.idForm.id(of: values) != text {
                note("The id “\(text)” can't be put together from its parts. Look at idForm, \(endpoint.idForm).")
            }
        } catch {
            note("The id “\(text)” can't be taken apart. \(error)")
        }
        do throws(FetchError) {
            let reference = try JobReference(endpoint: endpoint.name, id: text)
            if try JobReference(reference.description) != reference {
                note("The job reference \(reference) is read as another one.")
            }
        } catch {
            note("There is no job reference for the id “\(text)”. \(error)")
        }
        return violations
    }

    private func methodViolation(_ request: FetchRequest) -> ConformanceViolation? {
        guard request.body != nil, ["GET", "HEAD"].contains(request.method.description) else { return nil }
        return ConformanceViolation(
            .methodAndBody,
            "\(request) has a body, which servers ignore. Ask by POST, or send "
                + "\(endpoint.authorization.isInBody ? "the key in a header" : "no body")."
        )
    }

    /// What is polled by name must be what is polled by type.
    private func byNameViolation(_ id: Endpoint.ID, _ request: FetchRequest) async throws -> ConformanceViolation? {
        let transport = ScriptedTransport([.json("{}")], clock: clock)
        do {
            let job = try JobReference(endpoint: endpoint.name, id: id.description)
            _ = try await client(transport).fetch(job)
        } catch let error as FetchError where transport.requests.isEmpty {
            return ConformanceViolation(.request, "The id “\(id)” can't be asked about by name. \(error)")
        } catch is FetchError {
            // What it makes of the answer is tried elsewhere.
        }
        guard transport.requests.first != request else { return nil }
        return ConformanceViolation(.request, "The job “\(id)” makes another request by name than by type.")
    }

    private func returnViolations(_ id: Endpoint.ID, _ request: FetchRequest) -> [ConformanceViolation] {
        guard hasPlaceForWhole(id) else { return [] }
        // A name that is taken is reported already.
        let registry = neighbours.adding(endpoint) ?? EndpointRegistry().adding(endpoint) ?? EndpointRegistry()
        let url = withoutKey(request.url)
        let found = registry.reference(for: url)
        guard found?.endpoint != endpoint.name || found?.id != id.description else { return [] }
        if let found, found.endpoint != endpoint.name {
            return [
                ConformanceViolation(
                    .neighbours,
                    "The URL of the job “\(id)” belongs to \(found.endpoint). Two endpoints must not share a URL."
                )
            ]
        }
        return [
            ConformanceViolation(
                .urlLeadsBack,
                "The URL of the job “\(id)” leads back to \(found.map { "“\($0.id)”" } ?? "no job"). "
                    + "Look at idForm, and at what stands around the places of the path."
            )
        ]
    }

    /// Whether the request's URL is enough to tell the id.
    func hasPlaceForWhole(_ id: Endpoint.ID) -> Bool {
        if id is PollingURL { return !endpoint.path.text.isEmpty }
        let names = Set(
            endpoint.path.text.split(separator: "{").dropFirst().compactMap { part in
                part.split(separator: "}").first.map { $0.hasPrefix("+") ? String($0.dropFirst()) : String($0) }
            }
        )
        guard let values = try? endpoint.idForm.values(of: id.description) else { return false }
        return endpoint.idForm.id(of: values.only(names)) != nil
    }

    /// A request's URL, the key cut off its end.
    func withoutKey(_ url: URL) -> URL {
        guard case .query(let name) = endpoint.authorization else { return url }
        let item = PercentEncoding.encode(name) + "=" + Self.canary
        let text = url.absoluteString
        guard text.hasSuffix(item) else { return url }
        return URL(string: String(text.dropLast(item.count + 1))) ?? url
    }
}

extension EndpointRegistry {
    /// The registry with one endpoint more, nil where it can't have that one.
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
