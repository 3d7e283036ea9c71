"""A page of a browser, and what it does that it should not."""

from playwright.sync_api import ConsoleMessage, Page, Request, expect

PATIENCE_MS = 60_000


class Watched:
    """A page, with what it asked for elsewhere and what it complained about."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.elsewhere: list[str] = []
        self.complaints: list[str] = []
        page.set_default_timeout(PATIENCE_MS)
        page.on("request", self._request)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.address, self.address.replace("http", "ws"), "blob:", "data:")):
            self.elsewhere.append(request.url)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def ask(self, question: str) -> None:
        box = self.page.get_by_test_id("stChatInputTextArea")
        # Words put in while the page is still being drawn for the first time are lost; nobody types that fast.
        expect(self.page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
        answers = self.page.locator(".cp-answer").count()
        box.fill(question)
        box.press("Enter")
        expect(self.page.locator(".cp-answer")).to_have_count(answers + 1, timeout=PATIENCE_MS)
