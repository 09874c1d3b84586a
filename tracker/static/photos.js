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
      return new Promise(function (resolve) {
        canvas.toBlob(function (blob) {
          var name = file.name.replace(/\.[^.]*$/, "") + ".jpg";
          resolve(blob && blob.size < file.size ? new File([blob], name, { type: "image/jpeg", lastModified: file.lastModified }) : file);
        }, "image/jpeg", 0.88);
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
