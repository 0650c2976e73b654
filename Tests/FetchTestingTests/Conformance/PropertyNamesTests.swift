import FetchCore
import FetchTesting
import Foundation
import Testing

/// Tests of properties that Swift ignores, since they have another type or name than `FetchEndpoint` requires.
@Suite("Properties of endpoints") struct PropertyNamesTests {
    private struct Headers: DefaultedEndpoint { let headers = ["X-Version": "1"] }
    private struct Method: DefaultedEndpoint { let method = "GET" }
    private struct Gap: DefaultedEndpoint { let minimumGap = 5.0 }
    private struct LongestGap: DefaultedEndpoint { let maximumGap = Duration.seconds(600) }
    private struct Timeout: DefaultedEndpoint { let requestTimeout = Duration.seconds(75) }
    private struct Deadline: DefaultedEndpoint { let deadline: Duration = .seconds(7_200) }
    private struct Domains: DefaultedEndpoint { let domains = "example.com" }
    private struct Key: DefaultedEndpoint { let authorization = "Bearer" }
    private struct Form: DefaultedEndpoint {
        let idForm = "{house}/{room}"
        let path: PathTemplate = "houses/{house}/rooms/{room}"
    }

    private static let mistyped: [(any DefaultedEndpoint, String)] = [
        (Headers(), "headers: HeaderFields"), (Method(), "method: RequestMethod"), (Gap(), "minimumGap: Duration"),
        (LongestGap(), "maximumGap: Duration?"), (Timeout(), "requestTimeout: Duration?"),
        (Deadline(), "deadline: Duration?"), (Domains(), "domains: [String]"),
        (Key(), "authorization: Authorization"), (Form(), "idForm: IDForm"),
    ]

    @Test(arguments: mistyped)
    func `a property of another type is reported with the required one`(
        endpoint: any DefaultedEndpoint,
        declaration: String
    ) async throws {
        let violations = try await violations(of: endpoint)
        #expect(violations.first?.rule == .propertyTypes)
        #expect(violations.first?.explanation.hasSuffix("let \(declaration).") == true)
    }

    @Test func `a path that is a string is reported for an endpoint with polling URLs`() async throws {
        let ids = ["https://api.example.com/v2/a", "https://api.example.com/v2/b"].compactMap { PollingURL($0) }
        let violations = try await EndpointConformance(TextPathEndpoint(), ids: ids).violations()
        #expect(violations.map(\.rule) == [.propertyTypes])
        #expect(violations.first?.explanation.contains("let path: PathTemplate") == true)
    }

    private struct HTTPMethod: DefaultedEndpoint { let httpMethod = RequestMethod.get }
    private struct Verb: DefaultedEndpoint { let verb = "GET" }
    private struct Header: DefaultedEndpoint { let header: HeaderFields = ["X-Version": "1"] }
    private struct HTTPHeaders: DefaultedEndpoint { let httpHeaders = ["X-Version": "1"] }
    private struct ShortTimeout: DefaultedEndpoint { let timeout = 75 }
    private struct TimeOut: DefaultedEndpoint { let requestTimeOut: Duration? = .seconds(75) }
    private struct Interval: DefaultedEndpoint { let pollInterval = Duration.seconds(5) }
    private struct Hosts: DefaultedEndpoint { let allowedHosts = ["example.com"] }
    private struct Spelling: DefaultedEndpoint { let authorisation = Authorization.bearer }
    private struct Body: DefaultedEndpoint { let body = RequestBody.json(["verbose": true]) }

    private static let misspelt: [(any DefaultedEndpoint, String)] = [
        (HTTPMethod(), "method: RequestMethod"), (Verb(), "method: RequestMethod"),
        (Header(), "headers: HeaderFields"), (HTTPHeaders(), "headers: HeaderFields"),
        (ShortTimeout(), "requestTimeout: Duration?"), (TimeOut(), "requestTimeout: Duration?"),
        (Interval(), "minimumGap: Duration"), (Hosts(), "domains: [String]"),
        (Spelling(), "authorization: Authorization"),
        (Body(), "func body(for id: String) throws -> RequestBody?"),
    ]

    @Test(arguments: misspelt)
    func `a property with nearly the name of a required one is reported`(
        endpoint: any DefaultedEndpoint,
        declaration: String
    ) async throws {
        let violations = try await violations(of: endpoint)
        #expect(violations.map(\.rule) == [.propertyNames])
        #expect(violations.first?.explanation.contains(declaration) == true)
    }

    private struct Configured: DefaultedEndpoint {
        let customer = "acme"
        let region: String? = "eu"
        let version = 2
        let host = "api.example.com"
        let urls = ["https://api.example.com"]
        let header = "X-Version"
        let methods: [RequestMethod] = [.get, .post]
        let name2 = "example.other"
    }

    private struct Using: DefaultedEndpoint {
        let timeout: Double = 75
        let interval = Duration.seconds(5)
        let httpMethod = RequestMethod.get
        let extraHeaders = ["X-Version": "1"]
        let maxWait: Duration? = nil

        var requestTimeout: Duration? { .seconds(timeout) }
        var minimumGap: Duration { interval }
        var method: RequestMethod { httpMethod }
        var headers: HeaderFields { extraHeaders.reduce(into: [:]) { $0[$1.key] = $1.value } }
    }

    private struct LongPoll: DefaultedEndpoint {
        let timeout = 60

        var path: PathTemplate { PathTemplate(stringLiteral: "room/{id}?wait=\(timeout)") }
    }

    @Test(arguments: [Configured(), Using(), LongPoll()] as [any DefaultedEndpoint])
    func `a property of the endpoint's own isn't reported`(endpoint: any DefaultedEndpoint) async throws {
        #expect(try await violations(of: endpoint).isEmpty)
    }

    private func violations<Endpoint: DefaultedEndpoint>(of endpoint: Endpoint) async throws -> [ConformanceViolation] {
        let ids = endpoint is Form ? ["1/2", "1/3"] : ["1", "77"]
        return try await EndpointConformance(
            endpoint,
            ids: ids,
            fixtures: SampleEndpoint.fixtures,
            except: [.missingBody]
        )
        .violations()
    }
}

private struct TextPathEndpoint: FetchEndpoint, Hashable {
    let name: EndpointName = "example.room"
    let provider: ProviderID = "example"
    let baseURL = URL(string: "https://api.example.com/v2")!
    let method = RequestMethod.get
    let path = "room?id={id}"
    let authorization = Authorization.bearer

    func answer(to id: PollingURL, from response: FetchResponse) throws -> FetchAnswer<[URL]> {
        try SampleEndpoint.answer(to: id.description, from: response)
    }
}
