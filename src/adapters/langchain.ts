// The classes of LangChain that a request to the model needs: a module of its own, because it is loaded late.
export { HumanMessage, SystemMessage } from '@langchain/core/messages'
export { ChatGoogleGenerativeAI } from '@langchain/google-genai'
