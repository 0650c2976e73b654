import FetchCore
import Foundation
import ModelsLab
import ModelsLabFaceSwap

extension FetchCheck {
    /// An id survives digit for digit, or isn't told at all.
    func check(_ output: some FetchOutput) throws {
        try checkPromises(in: output.outputArtifacts)
        let id: String??
        if let generation = output as? Generation<[String: JSONValue]> {
            id = .some(generation.id)
        } else {
            id = (output as? Generation<FaceSwapMeta>).map(\.id)
        }
        guard let digits = input.facts.id, let id else { return }
        try Violation.unless(
            id == digits || (id == nil && Int64(digits) == nil),
            "the id \(digits) became \(id ?? "nil")"
        )
    }

    func check(_ progress: JobProgress) throws {
        guard let digits = input.facts.id, let id = progress.details["id"] else { return }
        guard let number = Int64(digits) else { return }
        try Violation.unless(id == .integer(number), "the id \(digits) became \(id)")
    }

    /// Links that are only promised are no output.
    func checkPromises(in artifacts: @autoclosure () -> [Artifact]) throws {
        guard input.facts.keepsPromisesApart else { return }
        for artifact in artifacts() {
            let text = artifact.url?.absoluteString ?? artifact.text ?? ""
            try Violation.unless(!text.contains(AnswerFacts.promised), "a promised link is an output: \(text)")
        }
    }

    /// The key goes to the endpoint's own hosts, follow-ups come to an end, and ids stand in requests as they are.
    func check(_ requests: [FetchRequest]) throws {
        try Violation.unless(requests.count <= 65, "one fetch made \(requests.count) requests")
        for request in requests where !isOwn(request.url) {
            let text =
                ([request.url.absoluteString, String(decoding: request.body ?? Data(), as: UTF8.self)]
                + request.headers.fields.flatMap { [$0.name, $0.value] }).joined(separator: "\n")
            try Violation.unless(!KeySearch(input.canary).finds(in: text), "the key went to \(request.url)")
        }
        if let file = input.facts.file, requests.count > 1 {
            let value = URLComponents(url: requests[1].url, resolvingAgainstBaseURL: false)?
                .queryItems?.first { $0.name == "file_id" }?.value
            try Violation.unless(value == nil || value == file, "the file \(file) became \(value ?? "")")
        }
    }

    private func isOwn(_ url: URL) -> Bool {
        guard let origin = try? Origin(of: url) else { return false }
        if origin == (try? Origin(of: input.endpoint.baseURL)) { return true }
        let isUsual = origin.scheme == "https" && origin.port == 443
        return isUsual && input.endpoint.domains.contains { origin.host == $0 || origin.host.hasSuffix(".\($0)") }
    }

    /// The key is in nothing that can be printed, dumped or downloaded.
    func search(_ value: Any, output: (any FetchOutput)?) throws {
        var text = ""
        // To write down ten thousand links in three ways takes longer than all that FetchKit does.
        if input.size < 20_000 || value is FetchError {
            text = String(describing: value) + "\n" + String(reflecting: value) + "\n"
            dump(value, to: &text)
        }
        for artifact in output?.outputArtifacts ?? [] {
            text +=
                "\n" + (artifact.url?.absoluteString ?? "") + "\n" + (artifact.text ?? "") + (artifact.mediaType ?? "")
            if let data = artifact.data { text += String(decoding: data, as: UTF8.self) }
        }
        guard KeySearch(input.canary).finds(in: text) else { return }
        throw Violation("the key can be read out of \(type(of: value)): \(text.prefix(2_000))")
    }
}
