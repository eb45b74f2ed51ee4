(function () {
  // Estimate in the first step of a booking.
  var form = document.getElementById('service-form');
  if (form) {
    var update = function () {
      var persons = Number(form.elements.persons.value);
      var service = form.querySelector('[name=service]:checked');
      var treatment = service ? Number(service.dataset.cents) * persons : 0;
      var extras = 0;
      form.querySelectorAll('[name=extra]:checked').forEach(function (box) {
        extras += Number(box.dataset.cents) * persons;
      });
      var discount = persons > 1 ? Math.round(treatment * 0.1) : 0;
      var text = ((treatment - discount + extras) / 100).toFixed(2);
      document.getElementById('estimate').textContent =
        form.dataset.lang === 'de' ? text.replace('.', ',') + ' €' : '€' + text;
    };
    form.addEventListener('change', update);
    update();
  }

  // Filters are sent when they change.
  document.querySelectorAll('[data-autosubmit]').forEach(function (field) {
    field.addEventListener('change', function () {
      field.form.submit();
    });
  });

  document.querySelectorAll('.alert-close').forEach(function (link) {
    link.addEventListener('click', function (event) {
      event.preventDefault();
      link.parentNode.remove();
    });
  });

  document.querySelectorAll('form.cancel').forEach(function (cancel) {
    var button = cancel.querySelector('button');
    var text = button.textContent;
    cancel.addEventListener('submit', function (event) {
      if (button.dataset.sure) return;
      event.preventDefault();
      button.dataset.sure = 'yes';
      button.textContent = text + '?';
    });
  });

  var area = document.querySelector('[data-limit]');
  if (area) {
    var count = function () {
      document.getElementById('left').textContent = Number(area.dataset.limit) - area.value.length;
    };
    area.addEventListener('input', count);
    count();
  }

  document.querySelector('.nav-toggle').addEventListener('click', function () {
    document.querySelector('.site-nav').classList.toggle('open');
  });
})();
