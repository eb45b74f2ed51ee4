from pathlib import Path

from web import Response, login_required, route

ROOT = Path("/srv/reports")


@route("/reports")
@login_required
def list_reports(request):
    return Response(sorted(path.name for path in ROOT.iterdir()))
