"""One person's way through the pages in a real browser, by keyboard, with nothing broken on it."""

from kb.faces.web.words import Words


class Journey:
    """A browser whose owner has no mouse; `lang` is what its pages speak."""

    def __init__(self, browser, lang):
        self.browser = browser
        self.words = Words(lang)
        self.homes = []
        browser.speak(lang)

    def arrive(self, address):
        """Open a one-time address; a server that was started anew is the same journey."""
        self.homes.append(address.partition("/enter/")[0])
        self.browser.open(address)

    @property
    def path(self):
        """Where one is."""
        return self.browser.ask("location.pathname")

    @property
    def shown(self):
        """The words on the page."""
        return self.browser.ask("document.body.innerText")

    def sees(self, text):
        """Wait until the page says so."""
        self.browser.until(f"document.body.innerText.includes({text!r})")

    def to(self, condition):
        """Go to an element by Tab; `condition` is asked of it as `e`."""
        self.browser.tab_to(condition)

    def follow(self, href):
        """Go to a link and follow it."""
        self.to(f"e.getAttribute('href') === '{href}'")
        self.browser.enter()

    def write(self, name, text):
        """Go to a field and type."""
        self.to(f"e.name === '{name}'")
        self.browser.type(text)

    def send(self, name, text):
        """Go to a field, type, and send its form with Enter."""
        self.write(name, text)
        self.browser.enter()

    def unfold(self, condition):
        """Go to what is folded and open it."""
        self.to(f"e.tagName === 'SUMMARY' && ({condition})")
        self.browser.press("Enter")

    def press_button(self, condition):
        """Go to a button and press it."""
        self.to(f"(e.tagName === 'BUTTON' || e.tagName === 'A') && ({condition})")
        self.browser.enter()

    def keys(self, keys):
        """Press quick keys, one after the other."""
        for key in keys.split():
            self.browser.press(key)

    def ends_well(self):
        """Nothing on the way was an error of the script, a refusal, or asked of anybody else."""
        assert self.browser.complaints == []
        # What was saved may not be told as not sent, once its answer is there.
        self.browser.until("document.getElementById('drafts')?.hidden !== false")
        ours = tuple(f"{home}/" for home in self.homes)
        away = [url for url in self.browser.asked if not url.startswith((*ours, "about:", "data:"))]
        assert away == []
