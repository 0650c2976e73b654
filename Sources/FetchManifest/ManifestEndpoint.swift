#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

/// The endpoint of a manifest, generic over the type of its ids.
struct ManifestEndpoint<ID: FetchID>: FetchEndpoint {
    let declaration: Declaration

    var name: EndpointName { declaration.name }
    var provider: ProviderID { declaration.provider }
    var baseURL: URL { declaration.baseURL }
    var domains: [String] { declaration.domains }
    var method: RequestMethod { declaration.method }
    var path: PathTemplate { declaration.path }
    var idForm: IDForm { declaration.id.form }
    var authorization: Authorization { declaration.authorization }
    var headers: HeaderFields { declaration.headers }
    var submission: SubmissionForm { declaration.submission }
    var minimumGap: Duration { declaration.timing.minimumGap ?? .zero }
    var maximumGap: Duration? { declaration.timing.maximumGap }
    var requestTimeout: Duration? { declaration.timing.requestTimeout }
    var deadline: Duration? { declaration.timing.deadline }
    var artifactLifetime: Duration? { declaration.timing.artifactLifetime }

    func body(for id: ID) throws -> RequestBody? {
        guard let body = declaration.body else { return nil }
        // An integer id is a JSON number in the body.
        let whole: JSONValue = (id as? Int64).map { .integer($0) } ?? .string(id.description)
        let values = try idForm.values(of: id.description)
        return .json(body.members { name in name == "id" ? whole : values[name].map { .string($0) } })
    }

    func answer(to id: ID, from response: FetchResponse) throws -> FetchAnswer<[Artifact]> {
        try declaration.response.answer(from: response)
    }
}

extension Declaration {
    var endpoint: any FetchEndpoint {
        switch id.kind {
        case .text: ManifestEndpoint<String>(declaration: self)
        case .integer: ManifestEndpoint<Int64>(declaration: self)
        case .url: ManifestEndpoint<PollingURL>(declaration: self)
        }
    }
}
