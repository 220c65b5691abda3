// Wrong: a thing of exactly the needed size does not fit.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int n, m;
    cin >> n >> m;
    vector<int> a(n), b(m);
    for (int &x : a) cin >> x;
    for (int &x : b) cin >> x;
    sort(a.begin(), a.end());
    int matched = 0;
    for (int j = 0; j < m && matched < n; j++)
        if (b[j] > a[matched]) matched++;
    cout << matched << "\n";
}
