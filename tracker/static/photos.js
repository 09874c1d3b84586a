/* Photos are made smaller before they are sent: 1,600 pixels instead of a phone's 4,000. Without this
   script, or where a browser cannot, the whole files are sent and the server does it. */
(function () {
  "use strict";

  var SIDE = 1600;
  var input = document.querySelector("input[data-photos]");
  var note = document.querySelector("[data-photo-progress]");
  if (!input || !note || !window.createImageBitmap || !window.DataTransfer || !HTMLCanvasElement.prototype.toBlob) return;
  var form = input.form;
  var bar = document.createElement("progress");
  var text = document.createElement("p");

  function say(message, done, all) {
    text.textContent = message;
    if (all) {
      bar.max = all;
      bar.value = done;
    } else {
      bar.removeAttribute("value");
    }
    if (!bar.parentNode) {
      note.appendChild(text);
      note.appendChild(bar);
    }
  }

  // Drawing a photo anew drops what it says of itself. The day it was taken is put back, and only that.
  function dayOf(file) {
    return file.slice(0, 131072).arrayBuffer().then(function (start) {
      var told = new TextDecoder("latin1").decode(start);
      var found = told.match(/(?:19|20)\d\d:[01]\d:[0-3]\d [0-2]\d:[0-5]\d:[0-5]\d/);
      return found && file.type === "image/jpeg" ? found[0] : "";
    });
  }
  function dated(blob, day) {
    if (!day) return blob;
    // A JPEG's first mark, then an EXIF segment of one entry: DateTime (0x0132), 20 bytes of text.
    var head = [0xff, 0xd8, 0xff, 0xe1, 0, 54, 69, 120, 105, 102, 0, 0, 73, 73, 42, 0, 8, 0, 0, 0, 1, 0,
      0x32, 0x01, 2, 0, 20, 0, 0, 0, 26, 0, 0, 0, 0, 0, 0, 0];
    for (var i = 0; i < 19; i++) head.push(day.charCodeAt(i));
    head.push(0);
    return new Blob([new Uint8Array(head), blob.slice(2)], { type: "image/jpeg" });
  }

  function smaller(file) {
    if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size < 600000) return Promise.resolve(file);
    return createImageBitmap(file, { imageOrientation: "from-image" }).then(function (picture) {
      var scale = SIDE / Math.max(picture.width, picture.height);
      if (scale >= 1) {
        picture.close();
        return file;
      }
      var canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      var pen = canvas.getContext("2d");
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
      picture.close();
      return dayOf(file).then(function (day) {
        return new Promise(function (resolve) {
          canvas.toBlob(function (blob) {
            if (!blob || blob.size >= file.size) return resolve(file);
            var name = file.name.replace(/\.[^.]*$/, "") + ".jpg";
            resolve(new File([dated(blob, day)], name, { type: "image/jpeg", lastModified: file.lastModified }));
          }, "image/jpeg", 0.88);
        });
      });
    }).catch(function () { return file; });
  }

  var ready = false;
  form.addEventListener("submit", function (event) {
    if (ready || !input.files.length) return;
    event.preventDefault();
    event.stopPropagation();
    var files = Array.prototype.slice.call(input.files);
    var kept = new DataTransfer();
    // One after another: several large pictures at once are too much for a phone.
    files.reduce(function (before, file, position) {
      return before.then(function () {
        say(note.getAttribute("data-scaling").replace("{done}", position + 1).replace("{all}", files.length), position, files.length);
        return smaller(file).then(function (small) { kept.items.add(small); });
      });
    }, Promise.resolve()).then(function () {
      input.files = kept.files;
    }).finally(function () {
      say(note.getAttribute("data-sending"));
      ready = true;
      form.requestSubmit ? form.requestSubmit() : form.submit();
    });
  });
})();
