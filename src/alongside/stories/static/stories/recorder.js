// Recording on the page of a story's sound. Without this file, or without a microphone, a file is chosen instead.
// The recording becomes the value of the file field: it leaves the device only with the form.

const LONGEST_MS = 20 * 60 * 1000;
const LARGEST = 9.5 * 1024 * 1024;
const TYPES = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"];

class Recorder {
  constructor(box, field) {
    this.box = box;
    this.field = field;
    this.button = box.querySelector("[data-record-button]");
    this.words = box.querySelector("[data-record-words]");
    this.type = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
    this.button.textContent = box.dataset.begin;
    this.button.addEventListener("click", () => (this.running ? this.running.stop() : this.#begin()));
    // Whoever leaves the page in a hurry leaves no open microphone.
    window.addEventListener("pagehide", () => this.running?.stop());
    box.hidden = false;
  }

  async #begin() {
    // Pressed again while the browser asks: a second microphone would be open, and nothing would ever close the first.
    if (this.asking) return;
    this.asking = true;
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      this.words.textContent = this.box.dataset.refused;
      return;
    } finally {
      this.asking = false;
    }
    const pieces = [];
    let size = 0;
    let isFull = false;
    this.running = new MediaRecorder(stream, { mimeType: this.type, audioBitsPerSecond: 48000 });
    this.running.addEventListener("dataavailable", (event) => {
      pieces.push(event.data);
      size += event.data.size;
      if (size > LARGEST) full();
    });
    const full = () => {
      isFull = true;
      if (this.running?.state === "recording") this.running.stop();
    };
    const clock = setTimeout(full, LONGEST_MS);
    this.running.addEventListener("stop", () => {
      clearTimeout(clock);
      for (const track of stream.getTracks()) track.stop();
      this.running = null;
      this.#put(new Blob(pieces, { type: this.type }));
      this.button.textContent = this.box.dataset.again;
      this.words.textContent = isFull ? this.box.dataset.long : this.box.dataset.done;
    });
    this.running.start(1000);
    this.button.textContent = this.box.dataset.stop;
    this.words.textContent = this.box.dataset.running;
  }

  #put(blob) {
    const held = new DataTransfer();
    held.items.add(new File([blob], "recording", { type: blob.type.split(";")[0] }));
    this.field.files = held.files;
  }
}

const box = document.querySelector("[data-record]");
const field = document.querySelector("form[data-recorder] input[type=file]");
const canRecord = globalThis.MediaRecorder && navigator.mediaDevices && TYPES.some((type) => MediaRecorder.isTypeSupported(type));
if (box && field && canRecord) new Recorder(box, field);
