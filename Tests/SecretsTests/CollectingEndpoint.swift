import FetchCore
import Foundation

/// An endpoint that collects each response it receives and each value it returns.
struct CollectingEndpoint: FetchEndpoint {
    let name: EndpointName = "example.collecting"
    let provider: ProviderID = "example"
    let baseURL = URL(string: "https://api.example.com/v1")!
    let method = RequestMethod.post
    let path: PathTemplate = "jobs/{id}"
    let headers: HeaderFields = ["X-Version": "2"]
    let submission = SubmissionForm(id: "id", url: "url", .header("Location"), hasState: true)
    let authorization: Authorization
    let collector: ValueCollector

    func body(for id: Int) -> RequestBody? {
        let body = RequestBody.json(["id": .integer(Int64(id))])
        collector.add(body)
        return body
    }

    func answer(to id: Int, from response: FetchResponse) throws -> FetchAnswer<JSONValue> {
        collector.add(response, response.headers)
        for field in response.headers.fields { collector.add(field) }
        let body: JSONValue = try response.json()
        let answer: FetchAnswer<JSONValue> =
            switch body["status"]?.string {
            case "processing": .pending(JobProgress(message: body["message"]?.string, details: body.object ?? [:]))
            case "failed": .failed(JobFailure(message: body["message"]?.string, code: body["code"]?.string))
            case "unusable": throw FetchError(.unusableOutput, "the output has no link")
            case "followUp": .followUp(followUp(after: body))
            default: .succeeded(body)
            }
        collector.add(answer, body)
        return answer
    }

    private func followUp(after body: JSONValue) -> FollowUp<JSONValue> {
        let target = FollowUpTarget.path("jobs/2?message={message}", ["message": body["message"]?.string ?? ""])
        let followUp = FollowUp<JSONValue>(target, method: .post, body: .json(body.object ?? [:])) { response in
            collector.add(response)
            return .succeeded(["first": body, "second": try response.json()])
        }
        collector.add(followUp, target, RequestBody.json(body.object ?? [:]))
        return followUp
    }
}
