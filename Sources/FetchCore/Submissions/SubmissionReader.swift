#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Reads the response to a submission as an endpoint declares it.
struct SubmissionReader<Endpoint: FetchEndpoint> {
    /// The job in a response.
    enum Reading {
        /// The job has to be polled. The date is that of the server, or else of the receipt, or else unknown.
        case queued(id: String, eta: Duration?, date: Date?)
        /// The job has an output.
        case succeeded(Endpoint.Output)
        /// The job has failed. The response of a failed job needs no id.
        case failed(JobFailure, id: String?)
    }

    private let endpoint: Endpoint
    private let form: SubmissionForm
    private let requestForm: RequestForm
    private let response: FetchResponse
    private let body: JSONValue?

    /// Prepares reading.
    ///
    /// - Parameters:
    ///   - response: The response, in which keys are redacted.
    ///   - endpoint: The endpoint that polls the job.
    ///   - requestForm: The form of the endpoint's requests.
    init(_ response: FetchResponse, of endpoint: Endpoint, _ requestForm: RequestForm) {
        self.endpoint = endpoint
        self.requestForm = requestForm
        self.response = response
        form = endpoint.submission
        body = try? response.jsonValue()
    }

    /// Returns the job's state.
    ///
    /// - Throws: ``FetchError`` if the response has neither a job nor its end.
    func reading() throws(FetchError) -> Reading {
        guard form != .none else { throw .withoutSubmissionForm(requestForm.endpoint.name) }
        try form.validate(for: endpoint.idForm, isURL: Endpoint.ID.self == PollingURL.self)
        if let error = response.interceptionError { throw error.ofSubmission }
        guard response.isSuccess else { return try readingWithoutJob(nil) }
        let id: Endpoint.ID
        do throws(FetchError) {
            id = try self.id()
        } catch {
            return try readingWithoutJob(error)
        }
        return switch form.hasState ? try state(of: id) : .pending(JobProgress()) {
        case .succeeded(let output): .succeeded(output)
        case .failed(let failure): .failed(failure, id: id.description)
        case .pending(let progress): .queued(id: id.description, eta: eta ?? progress.eta, date: date)
        }
    }

    /// Has the endpoint read the state of a job whose id is known.
    private func state(of id: Endpoint.ID) throws(FetchError) -> FetchState<Endpoint.Output> {
        do throws(FetchError) {
            return try answer(id)
        } catch {
            // The job is submitted and has an id. Polling will tell its state.
            if error.code == .malformedResponse { return .pending(JobProgress()) }
            throw error.ofSubmission
        }
    }

    /// Has the endpoint read a response in which no job was found. It knows the provider's errors best.
    ///
    /// - Parameter problem: The error that is thrown if the endpoint finds none. `nil` for an HTTP error.
    /// - Returns: The end of a job that needs no id.
    /// - Throws: The error of the endpoint, or the problem, or the error for the HTTP status.
    private func readingWithoutJob(_ problem: FetchError?) throws(FetchError) -> Reading {
        if let id = sampleID {
            do throws(FetchError) {
                switch try answer(id) {
                case .succeeded(let output) where form.hasState && response.isSuccess: return .succeeded(output)
                case .failed(let failure) where form.hasState: return .failed(failure, id: nil)
                default: break
                }
            } catch {
                if error.code != .malformedResponse { throw error.ofSubmission }
            }
        }
        if let problem { throw problem }
        do throws(FetchError) {
            try response.requireSuccess()
        } catch {
            throw error.ofSubmission
        }
        throw missingJobError
    }

    private func answer(_ id: Endpoint.ID) throws(FetchError) -> FetchState<Endpoint.Output> {
        do {
            return switch try endpoint.answer(to: id, from: response).linksCompleted(by: links) {
            case .pending(let progress): .pending(progress)
            case .succeeded(let output): .succeeded(output)
            case .failed(let failure): .failed(failure)
            // The result takes another request, which polling sends.
            case .followUp: .pending(JobProgress(eta: .zero))
            }
        } catch {
            throw response.requestError(error)
        }
    }

    private var links: LinkContext {
        var dated = response
        dated.receivedAt = response.receivedAt ?? date
        return LinkContext(dated, lifetime: endpoint.artifactLifetime)
    }

    /// An id for responses that have none, since only errors are read from them.
    private var sampleID: Endpoint.ID? {
        if Endpoint.ID.self == PollingURL.self { return Endpoint.ID(endpoint.baseURL.absoluteString) }
        return (try? endpoint.idForm.sample()).flatMap { Endpoint.ID($0) }
    }
}

// The places of the form.
extension SubmissionReader {
    private var date: Date? { response.headers["Date"].flatMap(HTTPDate.date(from:)) ?? response.receivedAt }

    private var eta: Duration? {
        let seconds = form.eta.lazy.compactMap { $0.value(in: response, body)?.number }.first
        return seconds.flatMap(Duration.init(clampingSeconds:))
    }

    /// Returns the id at the first place that has one. An invalid value counts only if no other place has an id.
    private func id() throws(FetchError) -> Endpoint.ID {
        var problem: FetchError?
        for place in form.id {
            guard let value = place.value(in: response, body) else { continue }
            do throws(FetchError) {
                return try id(value, at: place)
            } catch {
                problem = problem ?? error
            }
        }
        for place in form.url {
            guard let value = place.value(in: response, body) else { continue }
            do throws(FetchError) {
                return try id(ofURL: value, at: place)
            } catch {
                problem = problem ?? error
            }
        }
        throw problem ?? missingJobError
    }

    private func id(_ value: JSONValue, at place: SubmissionPlace) throws(FetchError) -> Endpoint.ID {
        let text: String
        switch value {
        case .string(let string): text = string
        case .integer(let number): text = String(number)
        default: throw invalid(place, "is \(value.kind) and not an id")
        }
        let entire = try completed(text)
        // An id that has another form could never be polled.
        _ = try endpoint.idForm.values(of: entire)
        return try Endpoint.ID(parsing: entire, for: requestForm.endpoint.name)
    }

    /// Returns the entire id, with the values that only the URL of the submission has.
    private func completed(_ text: String) throws(FetchError) -> String {
        guard let path = form.path, let placeholder = try form.placeholder(in: endpoint.idForm) else { return text }
        let problem: String
        if let url = response.url {
            let base = try BaseURL(endpoint.baseURL)
            // The origin doesn't matter: the application may have submitted through a proxy.
            let prefix = String(base.prefix(of: path).dropFirst(base.origin.description.count))
            let pattern = try URLPattern(prefix, path)
            if let values = pattern.values(in: Array(url.path(percentEncoded: true).utf8)),
                let id = endpoint.idForm.id(of: values.merging([placeholder: text]))
            {
                return id
            }
            problem = "\(Excerpt(url.withoutSecrets)) isn't the URL of a submission"
        } else {
            problem = "the response has no URL, which has a part of the id"
        }
        throw FetchError(
            .malformedResponse,
            problem,
            remedy: "Set the response's url to that of the submission, such as \(path.rawValue).",
            isRetryable: false
        )
    }

    private func id(ofURL value: JSONValue, at place: SubmissionPlace) throws(FetchError) -> Endpoint.ID {
        guard
            let text = value.string,
            let url = URL(string: text, relativeTo: response.url ?? endpoint.baseURL)?.absoluteURL
        else { throw invalid(place, "isn't a URL") }
        let target = try requestForm.target(url)
        guard target.isOwn else { throw try requestForm.foreignURLError(url) }
        if Endpoint.ID.self == PollingURL.self {
            return try Endpoint.ID(parsing: url.absoluteString, for: requestForm.endpoint.name)
        }
        let declared = try requestForm.base().declaring(url)
        var index = URLIndex()
        if let addition = try URLIndex.addition(for: endpoint) { index.insert(addition) }
        guard let id = index.reference(for: declared)?.id else {
            throw invalid(place, "isn't the polling URL of a job of \(requestForm.endpoint.name)")
        }
        return try Endpoint.ID(parsing: id, for: requestForm.endpoint.name)
    }

    private func invalid(_ place: SubmissionPlace, _ problem: String) -> FetchError {
        var error = response.malformedResponseError("\(place) in the response to the submission \(problem)")
        error.isRetryable = false
        return error
    }

    private var missingJobError: FetchError {
        if body == nil {
            do throws(FetchError) {
                _ = try response.jsonValue()
            } catch {
                return error.final
            }
        }
        let places = (form.id + form.url).map(\.description).joined(separator: ", ")
        var error = response.malformedResponseError(
            "the response to the submission has no job: nothing is at \(places)"
        )
        error.isRetryable = false
        return error
    }
}
