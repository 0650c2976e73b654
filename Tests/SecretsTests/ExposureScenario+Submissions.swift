import FetchCore
import Foundation

extension ExposureScenario {
    /// Collects what is read from responses to submissions, in which the provider echoes the key.
    func collectSubmissions(to client: FetchClient) async throws {
        collector.add(endpoint.submission, SubmissionPlace.header("Location"))
        for number in 2...5 {
            let url = endpoint.baseURL.appending(path: "jobs/\(number)/\(key)")
            var response = try await provider.send(FetchRequest(method: .post, url: url))
            response.url = url
            for status in [200, 401] {
                response.status = status
                let response = response
                try await collectJob { try await client.submittedJob(in: response, of: endpoint) }
                try await collectJob { try await client.submittedJob(in: response) }
            }
            let final = response
            try await collectJob { .succeeded(try await client.result(continuing: final, of: endpoint.name)) }
        }
        let accepted = FetchResponse(status: 202, headers: ["X-\(key)": key], body: Data(#"{"id": 1}"#.utf8))
        try await collectJob { try await client.submittedJob(in: accepted, of: endpoint) }
    }

    private func collectJob<Output>(_ operation: () async throws -> SubmittedJob<Output>) async throws {
        do {
            let job = try await operation()
            collector.add(job)
            switch job {
            case .queued(let queued): collector.add(queued, queued.job)
            case .failed(let failure): collector.add(failure)
            case .succeeded(let output): collector.add(output)
            }
        } catch let error as FetchError {
            collector.add(error)
        }
    }
}
