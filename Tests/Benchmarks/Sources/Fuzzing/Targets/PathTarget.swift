import FetchCore
import Foundation

/// Path templates, ids and URLs: what is put in a place stays there, and can be read back from it.
struct PathTarget: FuzzTarget {
    struct Input: Sendable {
        var base: URL
        /// The form of the id, nil where it is one value.
        var form: PathSample.Form
        var template: String
        /// Whether the template is one of those whose places can't be mistaken.
        var isClear: Bool
        var id: String
        /// What is done to the URL before a job is looked for in it.
        var changedURL: @Sendable (String) -> String
    }

    let name = "path"

    private static let bases = [
        "https://api.example.com/v1", "https://api.example.com", "http://127.0.0.1:8080/x%20y", "https://[::1]/v",
    ].compactMap(URL.init(string:))

    func input(_ dice: inout Dice) -> Input {
        let form = dice.pick(PathSample.Form.allCases)
        var template = dice.pick(form.templates)
        let isClear = !dice.oneIn(6)
        if !isClear {
            var bytes = Array(template.utf8)
            for _ in 0...dice.below(3) {
                dice.oneIn(2)
                    ? dice.pick(ByteMutation.allCases).apply(to: &bytes, &dice)
                    : bytes.insert(
                        contentsOf: dice.pick(["{id}", "{+id}", "{", "}", "{a}", "/", "?", "%2F", "..", "&", "#"]).utf8,
                        at: dice.below(bytes.count + 1)
                    )
            }
            template = String(decoding: bytes, as: UTF8.self)
        }
        let urlDice = dice
        return Input(
            base: dice.pick(Self.bases),
            form: form,
            template: template,
            isClear: isClear,
            id: form.id(&dice),
            changedURL: { PathSample.changed($0, urlDice) }
        )
    }

    func shown(_ input: Input) -> String {
        "\(input.base) \(Shown.text(input.template)), form \(input.form.rawValue), id \(Shown.text(input.id))"
    }

    func outcome(of input: Input) async throws -> String {
        let probe: Probe
        let registry: EndpointRegistry
        do throws(FetchError) {
            probe = Probe(
                baseURL: input.base,
                path: try PathTemplate(input.template),
                idForm: try IDForm(input.form.rawValue)
            )
            registry = try EndpointRegistry(probe)
        } catch {
            try HonestClaims.check(error)
            try Violation.unless(!input.isClear, "a good template is refused: \(error)")
            return "template refused"
        }
        let url = try await requestURL(probe, input.id)
        if input.isClear {
            let expected = input.form.expansion(of: input.template, id: input.id)
            let text = expected.map { "\(input.base.absoluteString)/\($0)" }
            try Violation.unless(
                url?.absoluteString == text,
                "\(text ?? "nothing") should be asked, and \(url?.absoluteString ?? "nothing") is"
            )
        }
        guard let url else { return "id refused" }
        try Violation.unless(
            input.isClear == false || registry.reference(for: url)?.id.utf8.elementsEqual(input.id.utf8) == true,
            "\(url) leads to \(registry.reference(for: url)?.description ?? "nothing")"
        )
        return try await check(input.changedURL(url.absoluteString), registry, probe)
    }

    /// A URL that belongs to a job is one at which the job is asked about.
    private func check(_ text: String, _ registry: EndpointRegistry, _ probe: Probe) async throws -> String {
        guard let url = URL(string: text) else { return "no URL" }
        guard let job = registry.reference(for: url) else { return "nobody's URL" }
        try Violation.unless(
            (try? Origin(of: url)) == (try? Origin(of: probe.baseURL)),
            "\(Shown.text(text)) is taken for one of \(probe.baseURL)"
        )
        guard let asked = try await requestURL(probe, job.id) else {
            throw Violation("\(Shown.text(text)) leads to \(Shown.text("\(job)")), which can't be asked about")
        }
        let again = registry.reference(for: asked)
        try Violation.unless(
            again?.id.utf8.elementsEqual(job.id.utf8) == true,
            "\(Shown.text(text)) leads to \(Shown.text("\(job)")), whose own URL \(asked) leads to "
                + Shown.text(again?.description ?? "nothing")
        )
        return "matched"
    }

    /// Where the probe asks about a job, or nil where it refuses to.
    private func requestURL(_ probe: Probe, _ id: String) async throws -> URL? {
        let transport = ScriptedAnswers([.response(FetchResponse(status: 200))])
        let result = await FetchCheck.caught {
            try await FetchClient(transport: transport, credentials: .none).fetch(probe, id: id)
        }
        let request = transport.requests.first?.request
        if case .failure(let error) = result {
            guard let error = error as? FetchError else { throw Violation("it threw \(error)") }
            try HonestClaims.check(error)
            try Violation.unless(request == nil, "\(error) although something was sent")
        }
        return request?.url
    }
}
