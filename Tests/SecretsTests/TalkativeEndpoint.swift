import FetchCore
import Foundation

/// An endpoint that shows all that it sees and all that it says.
struct TalkativeEndpoint: FetchEndpoint {
    let name: EndpointName = "example.talk"
    let provider: ProviderID = "example"
    let baseURL = URL(string: "https://api.example.com/v1")!
    let path: PathTemplate = "talk/{id}"
    let headers: HeaderFields = ["X-Version": "2"]
    let authorization: Authorization
    let collection: SpecimenLog

    func body(for id: Int) -> RequestBody? {
        let body = RequestBody.json(["id": .integer(Int64(id))])
        collection.add(body)
        return body
    }

    func answer(to id: Int, from response: FetchResponse) throws -> FetchAnswer<JSONValue> {
        collection.add(response, response.headers)
        for field in response.headers.fields { collection.add(field) }
        let body: JSONValue = try response.json()
        let answer: FetchAnswer<JSONValue> =
            switch body["status"]?.string {
            case "processing": .pending(JobProgress(message: body["message"]?.string, details: body.object ?? [:]))
            case "failed": .failed(JobFailure(message: body["message"]?.string, code: body["code"]?.string))
            case "elsewhere": .followUp(followUp(after: body))
            default: .succeeded(body)
            }
        collection.add(answer, body)
        return answer
    }

    private func followUp(after body: JSONValue) -> FollowUp<JSONValue> {
        let place = FollowUpPlace.path("talk/2?said={said}", ["said": body["message"]?.string ?? ""])
        let followUp = FollowUp<JSONValue>(place, method: .post, body: .json(body.object ?? [:])) { response in
            collection.add(response)
            return .succeeded(["first": body, "second": try response.json()])
        }
        collection.add(followUp, place, RequestBody.json(body.object ?? [:]))
        return followUp
    }
}
