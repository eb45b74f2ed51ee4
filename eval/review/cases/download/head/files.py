from pathlib import Path

from web import Response, login_required, route

ROOT = Path("/srv/reports")
PAGE = 50


@route("/reports")
@login_required
def list_reports(request):
    return Response(sorted(path.name for path in ROOT.iterdir())[:PAGE])


@route("/reports/download")
@login_required
def download(request):
    path = ROOT / request.query["name"]
    return Response(path.read_bytes())
