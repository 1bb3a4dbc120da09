"""A story told into the browser's own microphone: kept only when its writer says so, and still a sound afterwards."""

import pytest
from django.conf import settings
from django_scopes import scope
from playwright.sync_api import expect

from tests.browser.house import PHONE
from tests.plugins.chromium import find_chromium

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FAKE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", "--no-sandbox", "--disable-gpu"]
"""A microphone that beeps, and a reader who lets the page use it."""

DECODE = """async (path) => {
  const content = await (await fetch(path)).arrayBuffer();
  const heard = await new AudioContext().decodeAudioData(content);
  const samples = heard.getChannelData(0);
  return { seconds: heard.duration, loudest: samples.reduce((most, one) => Math.max(most, Math.abs(one)), 0) };
}"""


@pytest.fixture
def rosa(house):
    """Rosa's phone with its microphone."""
    browser = house.browser.browser_type.launch(executable_path=find_chromium(), args=FAKE)
    context = browser.new_context(base_url=house.url, viewport=PHONE, permissions=["microphone"])
    cookies = {settings.LANGUAGE_COOKIE_NAME: "en", settings.SESSION_COOKIE_NAME: house.sign_in_cookie("rosa")}
    context.add_cookies([{"name": name, "value": value, "url": house.url} for name, value in cookies.items()])
    yield context
    browser.close()


def recording_of(house):
    from alongside.stories.models import Recording

    with scope(program=house.story.program):
        return Recording.objects.get(story=house.story.her_draft)


def test_recorded_here_kept_and_heard(house, rosa):
    before = recording_of(house)
    page, refused = rosa.new_page(), []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    story = f"/me/stories/{house.story.her_draft.pk}/"
    page.goto(f"{story}sound/")
    page.get_by_role("button", name="Record now").click()
    expect(page.locator("[data-record-words]")).to_have_text("It is recording.")
    page.wait_for_timeout(2500)
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("[data-record-words]")).to_contain_text("Recorded.")
    assert recording_of(house) == before, "nothing left the device yet"
    page.get_by_role("button", name="Keep it").click()
    page.wait_for_url("**/words/**")
    after = recording_of(house)
    assert after != before and after.kind == "webm"
    page.goto(story)
    heard = page.evaluate(DECODE, f"{story}sound/file/")
    assert heard["seconds"] > 1.5 and heard["loudest"] > 0.05, heard
    page.locator("audio").evaluate("(sound) => sound.play()")
    page.wait_for_function("() => document.querySelector('audio').currentTime > 0.3")
    assert refused == []


SLOW_TO_ALLOW = """
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  window.opened = [];
  navigator.mediaDevices.getUserMedia = async (wish) => {
    await new Promise((done) => setTimeout(done, 500));
    const stream = await ask(wish);
    window.opened.push(stream);
    return stream;
  };
"""


def test_pressed_twice_while_the_browser_asks_no_microphone_stays_open(house, rosa):
    page = rosa.new_page()
    page.add_init_script(SLOW_TO_ALLOW)
    page.goto(f"/me/stories/{house.story.her_draft.pk}/sound/")
    for _ in range(2):
        page.get_by_role("button", name="Record now").click()
    expect(page.locator("[data-record-words]")).to_have_text("It is recording.")
    page.wait_for_timeout(1200)
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("[data-record-words]")).to_contain_text("Recorded.")
    live = "() => window.opened.flatMap((one) => one.getTracks()).map((track) => track.readyState)"
    assert page.evaluate(live) == ["ended"]


def test_other_kinds_are_heard_after_they_were_cleaned(house, rosa):
    """What this browser can write or read of other kinds: MP4 where it records it, and WAV."""
    from tests.rules.sound.files import telling_wav

    page = rosa.new_page()
    story = f"/me/stories/{house.story.her_draft.pk}/"
    page.goto(f"{story}sound/")
    files = [("x.wav", telling_wav())]
    made = page.evaluate("""async () => {
      if (!MediaRecorder.isTypeSupported("audio/mp4")) return "";
      const recorder = new MediaRecorder(await navigator.mediaDevices.getUserMedia({ audio: true }), { mimeType: "audio/mp4" });
      const pieces = [];
      recorder.ondataavailable = (event) => pieces.push(event.data);
      recorder.start();
      await new Promise((done) => setTimeout(done, 1500));
      await new Promise((done) => { recorder.onstop = done; recorder.stop(); });
      const content = new Uint8Array(await new Blob(pieces).arrayBuffer());
      return btoa(Array.from(content, (byte) => String.fromCharCode(byte)).join(""));
    }""")  # noqa: E501
    if made:
        import base64

        files.append(("x.m4a", base64.b64decode(made)))
    for name, content in files:
        page.goto(f"{story}sound/")
        page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "audio/x", "buffer": content})
        page.get_by_role("button", name="Keep it").click()
        page.wait_for_url("**/words/**")
        assert recording_of(house).kind == name.partition(".")[2]
        heard = page.evaluate(DECODE, f"{story}sound/file/")
        assert heard["seconds"] > 0.05 and heard["loudest"] > 0.05, (name, heard)
    print(f"heard: {[name for name, _content in files]}")
