import FetchCore
import ModelsLabDeepfake
import ModelsLabFaceGen
import ModelsLabFaceSwap
import ModelsLabVideo

print(try EndpointRegistry(.modelsLabVideo, .modelsLabFaceSwap, .modelsLabDeepfake, .modelsLabFaceGen))
