import FetchCore
import Foundation

/// Path templates, ids and URLs. An id must stay within its place in the URL, and the URL must lead back to the id.
struct PathTarget: FuzzTarget {
    struct Input: Sendable {
        var base: URL
        /// The form of the id.
        var form: PathSample.Form
        var template: String
        /// True if the template is valid and unambiguous.
        var isClear: Bool
        var id: String
        /// Mutates the URL before the registry looks it up.
        var changedURL: @Sendable (String) -> String
    }

    let name = "path"

    private static let bases = [
        "https://api.example.com/v1", "https://api.example.com", "http://127.0.0.1:8080/x%20y", "https://[::1]/v",
    ].compactMap(URL.init(string:))

    func input(_ random: inout SeededRandom) -> Input {
        let form = random.pick(PathSample.Form.allCases)
        var template = random.pick(form.templates)
        let isClear = !random.oneIn(6)
        if !isClear {
            var bytes = Array(template.utf8)
            for _ in 0...random.below(3) {
                random.oneIn(2)
                    ? random.pick(ByteMutation.allCases).apply(to: &bytes, &random)
                    : bytes.insert(
                        contentsOf: random.pick(["{id}", "{+id}", "{", "}", "{a}", "/", "?", "%2F", "..", "&", "#"])
                            .utf8,
                        at: random.below(bytes.count + 1)
                    )
            }
            template = String(decoding: bytes, as: UTF8.self)
        }
        let urlRandom = random
        return Input(
            base: random.pick(Self.bases),
            form: form,
            template: template,
            isClear: isClear,
            id: form.id(&random),
            changedURL: { PathSample.changed($0, urlRandom) }
        )
    }

    func description(of input: Input) -> String {
        "\(input.base) \(Escaped.string(input.template)), form \(input.form.rawValue), id \(Escaped.string(input.id))"
    }

    func outcome(of input: Input) async throws -> String {
        let probe: ProbeEndpoint
        let registry: EndpointRegistry
        do throws(FetchError) {
            probe = ProbeEndpoint(
                baseURL: input.base,
                path: try PathTemplate(input.template),
                idForm: try IDForm(input.form.rawValue)
            )
            registry = try EndpointRegistry(probe)
        } catch {
            try Invariants.check(error)
            try Violation.unless(!input.isClear, "a valid template is refused: \(error)")
            return "template refused"
        }
        let url = try await requestURL(probe, input.id)
        if input.isClear {
            let expected = input.form.expansion(of: input.template, id: input.id)
            let text = expected.map { "\(input.base.absoluteString)/\($0)" }
            try Violation.unless(
                url?.absoluteString == text,
                "the URL is \(url?.absoluteString ?? "missing") instead of \(text ?? "missing")"
            )
        }
        guard let url else { return "id refused" }
        try Violation.unless(
            input.isClear == false || registry.reference(for: url)?.id.utf8.elementsEqual(input.id.utf8) == true,
            "\(url) leads to \(registry.reference(for: url)?.description ?? "nothing")"
        )
        return try await check(input.changedURL(url.absoluteString), registry, probe)
    }

    /// Checks that a URL which the registry assigns to a job has the endpoint's origin, and that the job's own URL
    /// leads back to it.
    private func check(_ text: String, _ registry: EndpointRegistry, _ probe: ProbeEndpoint) async throws -> String {
        guard let url = URL(string: text) else { return "no URL" }
        guard let job = registry.reference(for: url) else { return "unknown URL" }
        try Violation.unless(
            (try? Origin(of: url)) == (try? Origin(of: probe.baseURL)),
            "\(Escaped.string(text)) is assigned to \(probe.baseURL)"
        )
        guard let jobURL = try await requestURL(probe, job.id) else {
            throw Violation("\(Escaped.string(text)) leads to \(Escaped.string("\(job)")), which can't be polled")
        }
        let again = registry.reference(for: jobURL)
        try Violation.unless(
            again?.id.utf8.elementsEqual(job.id.utf8) == true,
            "\(Escaped.string(text)) leads to \(Escaped.string("\(job)")), whose own URL \(jobURL) leads to "
                + Escaped.string(again?.description ?? "nothing")
        )
        return "matched"
    }

    /// Returns the URL at which the client polls a job; `nil` if it refuses the id.
    private func requestURL(_ probe: ProbeEndpoint, _ id: String) async throws -> URL? {
        let transport = ScriptedResponses([.response(FetchResponse(status: 200))])
        let result = await FetchCheck.caught {
            try await FetchClient(transport: transport, credentials: .none).fetch(probe, id: id)
        }
        let request = transport.requests.first?.request
        if case .failure(let error) = result {
            guard let error = error as? FetchError else { throw Violation("the client threw \(error)") }
            try Invariants.check(error)
            try Violation.unless(request == nil, "\(error) after a request was sent")
        }
        return request?.url
    }
}
